"""What the tool does: verbs over storage, rules, reports and formats; the CLI only words them."""
