"""What is typed becomes a record: read, judged, numbered, filled, let through the gate."""
