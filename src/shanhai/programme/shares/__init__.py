"""The two shares of 80 % over a pairing's projects, and what no total may count twice.

``held``      projects as totals take them: plain values
``reading``   projects and their money as the register holds them
``credit``    what of them may be added; what is refused, and why
``classes``   how much of a project counts for which rule
``meter``     both shares as ranges, with what decides
``what_if``   a project more, one less, one classed otherwise
"""
