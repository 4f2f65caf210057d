"""What a figure is elsewhere, and which slip of the pen would explain one that cannot be right."""
