"""Two offices' registers held against each other by carrying files, and what one term passes to the next."""
