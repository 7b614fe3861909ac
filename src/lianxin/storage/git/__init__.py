"""Git as it is asked: the one place that starts it, what it must not run, what it tells."""
