"""Frozen reports gone over again: what would come out differently, and why."""
