"""Views of the findings: the queue, one finding, what is done about it, promises."""
