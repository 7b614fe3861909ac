"""Old workbooks taken into the ledger: headings understood, rows judged as at the form, all in one commit."""
