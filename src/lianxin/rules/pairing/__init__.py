"""Pairings and what belongs to them."""
