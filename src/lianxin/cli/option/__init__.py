"""Flags: shared, derived, completed."""
