"""Needs and offers: two columns, matched and followed up."""
