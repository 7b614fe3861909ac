"""One record in full, and its log."""
