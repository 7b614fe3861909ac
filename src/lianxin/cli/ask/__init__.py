"""A record, a step or a change asked for at a terminal, field by field."""
