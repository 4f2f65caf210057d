"""Two registers of one pairing held against each other by carrying signed files; no shared server.

``lines`` says what a file holds, ``file`` writes and reads it signed, ``keys`` holds the key that signs, ``gathering``
takes the lines from a register, ``compare`` holds two files against each other, ``notes`` what was said of the lines.
"""
