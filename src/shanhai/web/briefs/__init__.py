"""Briefs: sent, confirmed, merged; who has not reported this month."""
