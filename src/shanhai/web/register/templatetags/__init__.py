"""Tags and filters of the register's pages."""
