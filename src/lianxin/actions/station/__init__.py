"""Several desks at one book: each gets its letter, a second one begins, numbers given twice give way."""
