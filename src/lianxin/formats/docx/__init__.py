"""Pieces of Word files. The format itself is ``formats.to_docx``."""
