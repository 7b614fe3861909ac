"""Closing a year: put away and sealed, looked over, opened again."""
