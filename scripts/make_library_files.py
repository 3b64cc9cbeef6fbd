"""Writes the files of the demonstration library, from demo/content/library into demo/files.

Run it with `.venv/bin/python -m scripts.make_library_files` after changing words there, look at what it wrote, and
commit the files with the words. It needs WeasyPrint and Pango, python-docx and openpyxl. Files that would come out the
same are left alone, and files in these formats that no resource names any more are removed.
"""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from demo.content.library import RESOURCES
from demo.content.library.papers import Paper, Workbook
from scripts.library_files import excel, pdf, word

FILES = Path(__file__).resolve().parent.parent / "demo" / "files"
WRITERS = {".pdf": pdf.write, ".docx": word.write, ".xlsx": excel.write}


def papers() -> Iterator[tuple[str, Paper | Workbook]]:
    """Yield each path below demo/files and what stands in the file."""
    for resource in RESOURCES:
        for file in resource.files:
            for version in file.versions:
                yield version.path, version.paper


def make(path: str, paper: Paper | Workbook) -> bytes:
    """Return the file for a paper, in the format that the end of its path names. Raises KeyError for other formats."""
    return WRITERS[PurePosixPath(path).suffix](paper)


def main() -> None:
    """Write what is new or different, and remove what is left over."""
    FILES.mkdir(exist_ok=True)
    wanted = dict(papers())
    for left_over in {path.name for path in FILES.iterdir() if path.suffix in WRITERS} - wanted.keys():
        (FILES / left_over).unlink()
        print(f"demo/files/{left_over}: removed")
    for name, paper in wanted.items():
        path, content = FILES / name, make(name, paper)
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
            print(f"demo/files/{name}: {len(content)} bytes")
    print(f"{len(wanted)} files, {sum(path.stat().st_size for path in FILES.iterdir())} bytes together")


if __name__ == "__main__":
    main()
