"""What the pages ask: one module a page, plain functions that take the actor and go through the gates.

``home``        what needs doing, what came in, counts for pictures
``sources``     the list of sources
``reports``     one report's figures, the next that waits for a decision
``statements``  figures of all reports, filtered
``facts``       facts filtered, one fact with its sentences, series over years
``findings``    the queue, one finding
``promises``    what is told as yet to come
``checker``     the evidence that a draft is held against
``excerpts``    sentences around stretches of reports
``find``        search
``audit``       entries of the audit
``hits``        what a search found within reports

Each answers quickly on a ledger of a million statements (``make bench``): lists come in pages that begin after a
cursor, totals stop counting at a limit, counts for pictures are kept until an action changes them.
"""
