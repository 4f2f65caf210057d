"""The search: figures with their sentences, reports, places, indicators, and whatever a key means."""
