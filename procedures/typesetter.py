"""Sets one document as a tagged PDF, in a process of its own: `python typesetter.py FOLDER`.

Knows nothing of the site. FOLDER/task.json says which file is the text, under which address it stands, and which files
stand for which addresses; nothing else can be fetched, neither from this machine nor from another. Ends with 0 when
the finished file has its name (`result` in the task), with TOO_LONG for more pages than allowed, with anything else
when it failed. Nobody has to wait for it: it takes no more processor time than allowed, and clears the folder away.
"""

import json
import os
import resource
import shutil
import signal
import sys
from pathlib import Path

TASK, TEXT, SHEET, RESULT = "task.json", "text.html", "paper.css", "document.pdf"
TOO_LONG = 3
# Whatever it waits for: a machine that is far too busy.
LONGEST_SECONDS = 600
FORM = {"pdf_variant": "pdf/ua-1", "optimize_images": True, "dpi": 200}


def write(folder: Path) -> int:
    """Write FOLDER/document.pdf; return how the process ends."""
    task = json.loads((folder / TASK).read_text(encoding="utf-8"))
    _limit(task["cpu_seconds"], task["memory_bytes"])
    # Only now, under the limits: it loads a dozen C libraries.
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    base = {"base_url": task["base_url"], "url_fetcher": _fetcher(folder, task["files"])}
    fonts = FontConfiguration()
    look = CSS(string=(folder / SHEET).read_text(encoding="utf-8"), font_config=fonts, **base)
    text = HTML(string=(folder / TEXT).read_text(encoding="utf-8"), **base)
    document = text.render(stylesheets=[look], font_config=fonts, **FORM)
    if len(document.pages) > task["most_pages"]:
        return TOO_LONG
    document.write_pdf(folder / RESULT, **FORM)
    os.replace(folder / RESULT, task["result"])
    return 0


def _limit(cpu_seconds: int, memory_bytes: int):
    """Let the system end this process rather than let it take the machine."""
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(LONGEST_SECONDS)
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))


def _fetcher(folder: Path, files: dict[str, dict]):
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OnlyGiven(URLFetcher):
        """Hands out the given files and refuses every other address, whatever its scheme."""

        def fetch(self, url, headers=None):
            """Return the file that stands for the address. Raises ValueError where none does."""
            given = files.get(url)
            if given is None:
                raise ValueError(f"Not among the files of this document: {url[:200]}")
            content = (folder / given["name"]).read_bytes()
            return URLFetcherResponse(url, content, {"Content-Type": given["type"]})

    return OnlyGiven()


if __name__ == "__main__":
    try:
        sys.exit(write(Path(sys.argv[1])))
    finally:
        shutil.rmtree(sys.argv[1], ignore_errors=True)
