"""Facts: the list, one fact with its sentences, series over years, comparison; all of it to take away."""
