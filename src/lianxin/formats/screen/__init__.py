"""A document on a terminal: widths, folding, grids, cards, colours."""
