"""Tags of the sources: ``{% load sources %}``."""
