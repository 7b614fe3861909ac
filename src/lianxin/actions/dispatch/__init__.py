"""Papers that go out: which are due, made, filed with their number, and found again."""
