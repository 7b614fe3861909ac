"""Several desks, one book: fetched, put together, sent; and what two of them wrote differently, settled."""
