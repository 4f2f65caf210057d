"""Every way to change the ledger: named actions, one transaction each, with the acting user and an audit entry.

``receive``   bytes come in; a source is read, or read again by a newer version
``review``    a person decides about statements, or takes a decision back
``rebuild``   facts, findings and promises are built anew
``findings``  a finding is assigned or settled
``filing``    pairings and collections, and what is filed under them
``accounts``  accounts and their roles
``uploads``   files sent together
``tokens``    secrets by which programs act for an account
"""
