"""Words as people write and read them: names, numbers, telephones, and what is personal by its shape. No dates."""
