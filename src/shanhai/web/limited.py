"""Files larger than the limit are not kept while they come: their bytes are read to nowhere, the form's other fields stay."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class LimitedUpload(FileUploadHandler):
    """Skips a file as soon as it exceeds ``SHANHAI_UPLOAD_BYTES`` and notes its name in ``request.too_large``."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin to count."""
        super().new_file(*args, **kwargs)
        self.size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count; pass on what is within the limit.

        Raises:
            SkipFile: it is not.
        """
        self.size += len(raw_data)
        if self.size > settings.SHANHAI_UPLOAD_BYTES:
            request: Any = self.request
            request.too_large = [*getattr(request, "too_large", ()), self.file_name or ""]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers after this one."""
        return
