"""What every layer shares: values, fields, kinds, documents, problems. No I/O, no clock."""
