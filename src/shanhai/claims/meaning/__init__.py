"""Meaning: what a quantity counts, whether it has come about, when, where, by whom, under which definition."""
