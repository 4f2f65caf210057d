"""How a result of the checker fits into the frame."""
