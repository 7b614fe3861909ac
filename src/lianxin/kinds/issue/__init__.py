"""Issues: the record, its steps, clock, five haves and columns. Other kinds with a life stand beside it."""
