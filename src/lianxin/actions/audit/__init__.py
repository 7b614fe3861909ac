"""Going through the books: whether history is what this tool has written, and all of it."""
