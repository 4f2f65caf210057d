"""The checks: one module each, listed in the order in which they speak."""
