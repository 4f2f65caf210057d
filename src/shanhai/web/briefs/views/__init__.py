"""The views of briefs."""
