"""What a superior's blank form may ask of records."""
