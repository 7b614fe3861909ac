"""Which desk (台) of the book this clone is, and which there are."""
