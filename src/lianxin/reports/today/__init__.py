"""The morning page."""
