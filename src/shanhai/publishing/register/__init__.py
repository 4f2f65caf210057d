"""The register as sheets: a template to fill in, tables to take away, the rows of a file that have to be mended."""

from shanhai.publishing.register.mending import rows_to_mend
from shanhai.publishing.register.table import table_of
from shanhai.publishing.register.template import write_template

__all__ = ["rows_to_mend", "table_of", "write_template"]
