"""Pairing: suggestions, the matching behind them, contact cards."""
