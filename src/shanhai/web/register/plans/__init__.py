"""A project's plan on its pages.

``told``     versions in words, with what differs from those that they follow
``picture``  the graph of versions, drawn
``effects``  what a version would do, or did
``form``     what is asked for
"""
