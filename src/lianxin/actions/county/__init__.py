"""Many offices pooled: each book read at one commit, checked, and counted."""
