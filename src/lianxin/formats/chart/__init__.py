"""Charts drawn: by Office programs, as SVG, as characters."""
