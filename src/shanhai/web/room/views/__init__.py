"""The views of the reading room: what waits, the open report, decisions, figures that are added, what was decided."""
