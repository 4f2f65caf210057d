"""The resources: one module each, with its addresses, what it takes and what it answers."""
