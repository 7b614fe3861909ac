"""What a record kind is declared with: fields, values, conditions, references, the table of its life."""
