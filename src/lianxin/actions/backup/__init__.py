"""Copies of the whole ledger: made, proved, remembered, fetched back."""
