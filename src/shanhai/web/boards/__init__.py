"""The boards: the leader's of one pairing, and the sending office's of all."""
