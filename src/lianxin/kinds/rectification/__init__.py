"""Rectifications: the record, its states and steps."""
