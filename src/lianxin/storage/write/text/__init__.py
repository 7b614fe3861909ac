"""A record's text: its tree, its scalars, written whole or changed line by line, and in canonical form."""
