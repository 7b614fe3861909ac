"""Ledgers and lists: the form, the rows, several in one document."""
