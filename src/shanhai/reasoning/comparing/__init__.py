"""Are two figures told of the same thing? Place, team, time and the definition card."""
