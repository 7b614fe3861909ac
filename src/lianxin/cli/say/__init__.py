"""Where documents and answers go."""
