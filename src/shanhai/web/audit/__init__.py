"""The audit: what was done, by whom, when and why; for administrators."""
