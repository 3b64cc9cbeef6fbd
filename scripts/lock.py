"""Writes the locked requirements: every version and every hash, for all Pythons and systems the site runs on."""

import subprocess
import sys

COMPILE = [
    "uv",
    "pip",
    "compile",
    "--quiet",
    "--universal",
    "--generate-hashes",
    "--python-version",
    "3.11",
    "--no-header",
]

if __name__ == "__main__":
    # In this order: the later ones are held to the versions of the first, and what tests need to all of them.
    # Options such as --upgrade are passed on.
    for part in ("", "-pdf", "-s3", "-mail", "-opensearch", "-dev"):
        name = f"requirements{part}"
        command = [sys.executable, "-m", *COMPILE, *sys.argv[1:], f"{name}.in", "-o", f"{name}.txt"]
        subprocess.run(command, check=True)
