"""The pages of pairings and collections."""
