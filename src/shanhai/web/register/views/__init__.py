"""Views of the register."""
