"""Sheets into the register: a template, a file, what it would change, then all good rows together; the bad ones to mend."""
