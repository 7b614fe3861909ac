"""Figures: what they come to, and what they open to."""
