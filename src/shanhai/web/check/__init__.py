"""The draft checker: a draft held against itself and the ledger's evidence, number by number. Nothing of it enters the ledger."""
