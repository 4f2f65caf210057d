"""Fetch the scripts of others that the web application carries, from npm packages of fixed versions and hashes.

``python tools/assets.py`` fetches them anew; ``--check`` only compares the files that are there with the hashes below.
To take a newer version: change it and its hash here, run this, look at the pages.
"""

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
SERVED = ROOT / "src" / "shanhai" / "web" / "frame" / "static" / "frame" / "vendor"
TESTED = ROOT / "tests" / "web" / "vendor"


class Package(NamedTuple):
    """One npm package: its tarball's sha256, where its files go, and each file's name there and sha256."""

    name: str
    version: str
    sha256: str
    folder: Path
    files: dict[str, tuple[str, str]]


PACKAGES = (
    Package(
        "htmx.org",
        "2.0.11",
        "165a2655073e9e6e55e307a7c74e8ebcdb76afb7701f9c16cfd106a13add408e",
        SERVED,
        {
            "dist/htmx.min.js": (
                "htmx.js",
                "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717",
            ),
            "LICENSE": ("htmx.LICENSE", "d3d2456f76414f2456104660ebd65aff1c04cd7966b942bdabd63f3cdb316a38"),
        },
    ),
    Package(
        "echarts",
        "6.1.0",
        "681aff88cc1038c3fa941a3a53d1b177a52250b05335efc607d6105ae13be481",
        SERVED,
        {
            "dist/echarts.esm.min.mjs": (
                "echarts.js",
                "28515f26aa57f87eb1e4ed4eb446927eaf329b5f5e02b4bfd4b0264fea40d1da",
            ),
            "LICENSE": (
                "echarts.LICENSE",
                "634293835b43a6dd2094fa39182a3d9a6b9ca43b7fdb9ac354e8037af2a3093a",
            ),
            "NOTICE": ("echarts.NOTICE", "d491d358344f842685c1b1585970999db65fe30ecf7ef3867af8814f4016c016"),
            "licenses/LICENSE-d3": (
                "echarts.LICENSE-d3",
                "e1211892da0b0e0585b7aebe8f98c1274fba15bafe47fa1f4ee8a7a502c06304",
            ),
        },
    ),
    Package(
        "axe-core",
        "4.14.1",
        "e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745",
        TESTED,
        {
            "axe.min.js": ("axe.js", "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"),
            "LICENSE": ("axe.LICENSE", "af175b9d96ee93c21a036152e1b905b0b95304d4ae8c2c921c7609100ba8df7e"),
            "LICENSE-3RD-PARTY.txt": (
                "axe.LICENSE-3RD-PARTY",
                "4f8563870d0fca38bbc3e00b6f670cb7fa9f380ba9f26a7f7d1184a6b18b1653",
            ),
        },
    ),
)


def fetch(package: Package) -> None:
    """Take a package's files out of its tarball.

    Raises:
        SystemExit: the tarball is not the one known here.
    """
    with tempfile.TemporaryDirectory() as folder:
        named = f"{package.name}@{package.version}"
        packed = subprocess.run(
            ["npm", "pack", "--silent", named], cwd=folder, check=True, capture_output=True, text=True
        )
        tarball = Path(folder, packed.stdout.split()[-1])
        if (got := hashlib.sha256(tarball.read_bytes()).hexdigest()) != package.sha256:
            raise SystemExit(
                f"{named}: the tarball's sha256 is {got}, expected {package.sha256}: do not use it"
            )
        package.folder.mkdir(parents=True, exist_ok=True)
        with tarfile.open(tarball) as archive:
            for name, (kept, _) in package.files.items():
                member = archive.extractfile(f"package/{name}")
                assert member is not None
                (package.folder / kept).write_bytes(member.read())


def differences() -> list[str]:
    """Each carried file that is missing or not as it was fetched."""
    wrong = []
    for package in PACKAGES:
        for kept, sha256 in package.files.values():
            file = package.folder / kept
            got = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else "missing"
            if got != sha256:
                wrong.append(f"{file.relative_to(ROOT)}: {got}, expected {sha256}")
    return wrong


if __name__ == "__main__":
    if "--check" not in sys.argv:
        for one in PACKAGES:
            fetch(one)
    if told := differences():
        raise SystemExit("\n".join(told))
