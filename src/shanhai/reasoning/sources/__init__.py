"""The reports as sources: their names and kinds, copies of one release, what makes a figure known again."""
