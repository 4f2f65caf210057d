"""The reading room's tags."""
