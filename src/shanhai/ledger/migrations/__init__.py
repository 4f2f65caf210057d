"""The ledger's tables from the first version on."""
