"""Records changed, voided, joined, and commands taken back."""
