"""What every command stands on: the session, prompts, words said, the note kept of a bug."""
