"""The form in which a record or a step is typed, on the desk and by itself below a command."""
