"""Ledgers, handbooks and pages: each asks a ``Book`` and builds a ``Document``. No format, no file, no clock."""
