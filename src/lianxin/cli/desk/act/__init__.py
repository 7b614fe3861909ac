"""What is done at the desk: by key, beside the screen, told in one line."""
