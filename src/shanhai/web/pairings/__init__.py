"""Pairings and collections: kept by those who file."""
