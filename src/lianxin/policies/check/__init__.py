"""What may be wrong with what an office decides, at its place in the file."""
