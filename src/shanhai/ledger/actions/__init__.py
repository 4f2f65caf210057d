"""Every way to change the ledger: named actions, one transaction each, with the acting user and an audit entry.

``receive``      bytes come in; a source is read, or read again by a newer version
``review``       a person decides about statements, or takes a decision back
``rebuild``      facts, findings and promises are built anew
``findings``     a finding is assigned or settled
``filing``       sources are filed under pairings
``pairings``     pairings are made and changed
``collections``  sources are gathered in collections
``accounts``     accounts and their roles
``uploads``      files sent together
``tokens``       secrets by which programs act for an account

What keys and names may be is told in ``naming``.
"""
