"""A ledger sent out to be filled in, and taken back row by row."""
