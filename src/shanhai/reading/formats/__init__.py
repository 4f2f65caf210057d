"""The formats that are read: each module takes the source text and its blocks out of one."""
