"""Files, git and the index: the only layer that knows how records are kept."""
