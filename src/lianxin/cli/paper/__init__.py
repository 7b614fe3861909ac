"""Commands that print: ledgers, reports, forms, the board, exports."""
