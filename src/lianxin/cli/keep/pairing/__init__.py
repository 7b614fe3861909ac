"""What a pairing alone can be asked that changes it."""
