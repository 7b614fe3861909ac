"""Questions and measures as SQL."""
