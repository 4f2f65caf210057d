"""Tags of the frame: ``{% load frame %}``."""
