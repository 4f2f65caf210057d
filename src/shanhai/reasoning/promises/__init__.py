"""What is told as yet to come, when it is due, and what later reports say of it."""
