"""Claims about the same thing put together into facts, with their grades."""
