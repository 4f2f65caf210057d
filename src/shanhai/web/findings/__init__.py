"""Findings: the queue, one finding with its sentences, and promises."""
