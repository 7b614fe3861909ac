"""What a roll-up comes to on paper."""
