"""Findings: the queue, one finding with its sentences, promises due, and facts that are older than the newest sources."""
