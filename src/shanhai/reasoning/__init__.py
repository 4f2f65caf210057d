"""Claims to facts and findings: can all of this be true?"""
