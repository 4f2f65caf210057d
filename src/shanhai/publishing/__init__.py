"""What is shown and handed on: pages, commented documents."""
