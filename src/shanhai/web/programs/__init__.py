"""Programs: one's tokens, and what the API answers."""
