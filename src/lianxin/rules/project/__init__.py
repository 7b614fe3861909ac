"""Projects and their money."""
