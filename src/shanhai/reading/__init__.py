"""Reading: bytes as received to a report, mended, with an exact way back to every source character."""
