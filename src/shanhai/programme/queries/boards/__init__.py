"""What the boards ask: only derived rows and indexed columns, so that they answer on millions of money events.

``money``     what was promised, arrived and was spent, month by month
``progress``  projects held against their plans
``idle``      money and assets that lie idle, at the auditors' limits
``targets``   how targets stand, side by side where they may be compared
``pairings``  one line a pairing

Both shares of 80 %, and what if, are asked of ``programme.shares``.
"""
