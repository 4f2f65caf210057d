"""What the text itself ties together: one module a form."""
