"""The one way to write to the register: named actions with an actor, each one transaction and one entry in the audit.

``records``      records made, changed, withdrawn and brought back; many at once
``undo``         an entry of the audit taken back
``plans``        plans asked for, approved, refused
``attachments``  photos and documents put to a record
"""
