"""How a record with a life is told: its steps, where it stands, what may be done next."""
