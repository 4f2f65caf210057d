"""Sheets in and out: the columns of a kind of record, reading rows, what they would change, taking them in, tables of them."""
