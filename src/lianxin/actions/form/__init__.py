"""What a person fills in: which fields, what stands there to begin with, and what is made of what is typed."""
