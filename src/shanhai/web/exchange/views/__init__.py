"""What the pages do."""
