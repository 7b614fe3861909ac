"""Commands that keep the book: every kind's own, steps, undo, silence, fmt."""
