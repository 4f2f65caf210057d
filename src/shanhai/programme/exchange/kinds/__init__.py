"""How the lines of each sort of record are matched, and what two of them differ in; one module a sort."""
