"""How an older register becomes a newer one."""
