"""A document on paper, whatever sets it: layout, typefaces, foot and trace."""
