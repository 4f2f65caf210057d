"""Tags of the findings' pages."""
