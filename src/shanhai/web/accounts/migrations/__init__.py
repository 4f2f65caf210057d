"""The tables of the accounts area."""
