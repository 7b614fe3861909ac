"""Whistles: the record, each department's own little state, the steps and columns."""
