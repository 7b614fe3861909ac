"""The outward face: what is masked, left out, looked for a last time, and made harmless."""
