"""The ledger: sources, reports, statements and what was decided about them, each change with an audit row (a Django app)."""
