"""The API: the ledger for programs, with tokens and the rights of their accounts (docs/api.md)."""
