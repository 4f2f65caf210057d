"""The benchmark: speed and memory on one core, as ratios to references timed in the same run (``make bench``)."""
