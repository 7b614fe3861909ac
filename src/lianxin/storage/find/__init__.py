"""Searching all that records say: their texts in one table, made from the index when somebody first searches."""
