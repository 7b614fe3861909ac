"""Workbooks and tables made elsewhere, read into sheets: told apart by what they hold, never by their names."""
