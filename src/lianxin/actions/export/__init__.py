"""Exports by profile, and files made again to prove them."""
