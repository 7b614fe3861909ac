"""What the public notice board shows."""
