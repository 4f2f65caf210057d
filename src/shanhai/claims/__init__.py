"""Claims: from a report to its quantities, and from these to what they mean."""
