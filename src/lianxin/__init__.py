"""连心: a plain-file ledger of pairings, visits and villagers' issues."""

__version__ = "0.1.0"
