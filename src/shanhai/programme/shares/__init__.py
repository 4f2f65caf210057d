"""The two shares of 80 % over a pairing's projects, and what no total may count twice.

``held``      projects as totals take them: plain values
``credit``    what of them may be added; what is refused, and why
``families``  projects that hang together, as the register holds them
``kept``      what may be added of each, kept as rows beside balances
``sums``      what is kept, put together by what is alike
``classes``   how much of a project counts for which rule
``meter``     both shares as ranges, with what decides
``what_if``   a project more, one less, one classed otherwise
``reading``   both shares of a pairing, as they are and as they would be
``refused``   the projects that are refused, one by one
"""
