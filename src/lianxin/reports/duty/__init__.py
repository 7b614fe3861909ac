"""Duties: whom they bind, in which cycle, how they are fulfilled, and their pages."""
