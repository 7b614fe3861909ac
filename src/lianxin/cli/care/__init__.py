"""Commands that look after the ledger: start, check, doctor, schema, sql."""
