"""Briefs: from a sentence to a proposed activity, two reports of one event, and when briefs are due."""
