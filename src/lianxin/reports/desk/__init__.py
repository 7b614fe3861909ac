"""What the desk lists and shows: plain values, and the page of a record without the commands it would have typed."""
