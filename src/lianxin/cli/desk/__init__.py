"""The desk: what today asks for, the record chosen and what may be done with it, on one screen."""
