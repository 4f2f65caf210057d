"""What boards and lists ask of the register, one module a page."""
