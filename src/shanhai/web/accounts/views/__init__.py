"""The pages of the accounts: entering, the first run, administration."""
