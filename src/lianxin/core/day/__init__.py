"""Days, periods, working calendars and time limits, and how people say them."""
