"""Searching all records: what was found, as whoever reads it may see it."""
