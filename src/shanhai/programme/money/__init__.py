"""What money comes to: balances, and how long it has lain idle. Plain values; nothing here knows a database."""
