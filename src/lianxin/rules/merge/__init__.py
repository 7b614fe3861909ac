"""Issues merged into others."""
