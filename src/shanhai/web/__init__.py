"""The web application: a Django project around the ledger."""
