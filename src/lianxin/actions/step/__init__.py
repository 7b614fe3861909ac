"""Steps of lives taken."""
