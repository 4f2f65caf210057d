"""Needs and offers: which of them may belong together."""
