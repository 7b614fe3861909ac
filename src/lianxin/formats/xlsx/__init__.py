"""Pieces of workbooks. The format itself is ``formats.to_xlsx``."""
