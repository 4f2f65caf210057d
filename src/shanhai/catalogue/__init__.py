"""What is known, as data: areas, indicators, units, qualifiers, places, cue words; and the loaders that check it."""
