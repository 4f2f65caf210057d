"""Sources: the list, sending files and texts, one source with how it came and what was read from it."""
