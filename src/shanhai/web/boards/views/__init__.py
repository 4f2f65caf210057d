"""The views of the boards."""
