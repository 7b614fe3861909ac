"""What an office decides and may change without a programmer: figures, duties, scores, outlines, campaigns, as data."""
