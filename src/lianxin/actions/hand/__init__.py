"""What was done by hand: edits taken in, files tidied, hints answered."""
