"""The reading room: a report beside its figures, and what reviewers decide about them."""
