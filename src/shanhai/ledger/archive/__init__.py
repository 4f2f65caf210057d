"""A whole ledger as one file: written, and read into an empty ledger.

``tables``     which tables and columns an archive holds, in which order
``writing``    a ledger to an archive
``container``  an archive opened and checked: its names, sizes and manifest
``loading``    an archive into an empty ledger
"""

from shanhai.ledger.archive.container import ArchiveRefused
from shanhai.ledger.archive.loading import Loaded, load
from shanhai.ledger.archive.writing import Written, write

__all__ = ["ArchiveRefused", "Loaded", "Written", "load", "write"]
