"""A message that was pasted: who wrote what and when, and which fields of a record its own words fill."""
