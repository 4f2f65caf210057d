"""The views of the sources: the list, one source, sending, and whether facts are older than sources."""
