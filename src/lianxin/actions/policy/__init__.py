"""What the office has defined, found and read: definitions, forms, campaigns, rules of matching."""
