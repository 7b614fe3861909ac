"""What stands on the desk: tabs, list, record, and how they look."""
