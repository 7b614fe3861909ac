"""A superior's blank forms, filled."""
