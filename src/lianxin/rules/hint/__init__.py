"""Hints H002–H010: what a careful clerk notices."""
