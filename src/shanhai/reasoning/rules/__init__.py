"""The shares that rules prescribe, read from reports and measured as a range."""
