"""Scores: points counted, points given by hand, the tables."""
