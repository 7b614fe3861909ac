"""What two desks have made of one file, as one: values first, then the text that says them, then the open questions."""
