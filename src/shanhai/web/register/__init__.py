"""The area ``register``: pairings' registers, lists and records of every kind, forms, a project's whole life, attachments."""
