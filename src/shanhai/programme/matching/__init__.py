"""Statements held against the register: backed, different, not there, or not comparable, each with its reason."""
