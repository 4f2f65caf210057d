"""A project's plan: its versions as a graph, and what a change of it would do.

``graph``    which version follows which, which is in force
``checks``   what must hold before one is asked for or approved
``effect``   both shares, money, targets and neighbours before and after
"""
