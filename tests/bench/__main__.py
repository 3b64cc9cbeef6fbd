"""`make bench`: what the demonstration site costs, in queries, processor time and bytes, beside what it may cost.

Everything is measured through the site's whole WSGI stack, in a scratch folder that is removed at the end. It never
fails a run: figures depend on the machine, and people compare them. Queries are also pinned by tests.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

# What each page may cost at most.
QUERIES = 8
TIMES_MINIMAL = 50
# What a page of the manual may cost, and how much more time when the manual has grown.
QUERIES_OF_MANUAL = 10
TIMES_SMALL = 1.5
# What the page of a priority may cost, however much it gathers.
QUERIES_OF_HUB = 10
# What the list of what is new, or a feed of it, may cost, also for the first reader after an edit.
QUERIES_OF_UPDATES = 10
# What the library's list may cost.
QUERIES_OF_LIST, MS_OF_FILTERED = 10, 60
# How much better than Wagtail's own search the answers must be, and how many questions answered at once.
NDCG_ABOVE, SUCCESS = 0.15, 0.9
# What the first page of results may cost at 100,000 passages, and how much more than at 2,000.
MS_OF_SEARCH, TIMES_OF_SEARCH = 25, 3
TIMES_OF_WAGTAIL = 100
# What suggestions may cost at 100,000 passages, at each pause of somebody who types.
MS_OF_SUGGESTIONS = 10
FIRST_PAINT_REQUESTS, FIRST_PAINT_BYTES = 2, 20_480
VIEW_REQUESTS, VIEW_BYTES = 6, 61_440


def main() -> None:
    """Build the site, measure it, and print the figures."""
    with tempfile.TemporaryDirectory(prefix="board-bench-") as folder:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="board_site.settings",
            DEVELOPMENT="true",
            DEBUG="false",
            SECRET_KEY="only-for-measuring-" + "0123456789" * 5,
            SITE_URL="http://127.0.0.1",
            VAR_DIR=folder,
            DATABASE_URL=f"sqlite:///{folder}/site.sqlite3",
            LOG_LEVEL="ERROR",
        )
        import django

        django.setup()
        from tests.bench import site

        print("Building the demonstration site ...", flush=True)
        site.build()
        # Only now: the application lists its static files once, when it is loaded.
        from tests.bench import measuring

        report(measuring, site)
        from tests.bench import mail

        report_mail(mail, site)
        from tests.bench import priorities

        report_priorities(priorities)
        from tests.bench import growth, manual

        report_growth(growth, manual)
        from tests.bench import downloads, library, library_import

        report_library(library)
        report_downloads(downloads, library, folder)
        report_apart("updates", database=f"sqlite:///{folder}/apart.sqlite3")
        report_apart("admin", database=f"sqlite:///{folder}/staffed.sqlite3")
        report_apart("alerts", database=f"sqlite:///{folder}/alerts.sqlite3")
        report_apart("search", database=f"sqlite:///{folder}/searched.sqlite3")
        report_apart("judgements", database=f"sqlite:///{folder}/judged.sqlite3")
    report_on_postgresql()
    report_import(library_import)


def report_mail(mail, site) -> None:
    """Measure the issue of twelve items as a mail, and print it beside its page."""
    cost = mail.measured(site.addresses()["bulletin"])
    print()
    table(
        ["the bulletin as a mail", "queries", "ms median", "its page, ms", "x page", "one person's copy, ms", "bytes"],
        [
            [
                "made once for all",
                cost.queries,
                f"{cost.mail:.1f}",
                f"{cost.page:.1f}",
                f"{cost.mail / cost.page:.1f}",
                f"{cost.copy:.2f}",
                cost.bytes,
            ]
        ],
    )


def report_priorities(priorities) -> None:
    """Measure a priority with few related things, let them grow, measure it again, and print both."""
    page = priorities.area()
    small, large = (
        priorities.measured(page, priorities.grow(page, up_to=size)) for size in (priorities.SMALL, priorities.LARGE)
    )
    print()
    table(
        ["priority area", "queries", "may be", "same", "ms median", "x minimal", "time, x"],
        [
            [
                f"{small.related} → {large.related:,} related",
                f"{small.queries} → {large.queries}",
                QUERIES_OF_HUB,
                mark(small.queries == large.queries <= QUERIES_OF_HUB),
                f"{small.page:.1f} → {large.page:.1f}",
                f"{small.page / small.minimal:.0f} → {large.page / large.minimal:.0f}",
                f"{large.page / small.page:.2f}",
            ]
        ],
    )


def report_updates(updates) -> None:
    """Measure the lists of updates of a site with few editions, let it grow, measure them again, and print both."""
    found = []
    for size in (updates.SMALL, updates.LARGE):
        print(f"Letting the site grow to {size:,} editions ...", flush=True)
        updates.grow(up_to=size)
        found.append(updates.measured())
    small, large = found
    from django.db import connection

    print()
    table(
        [f"what’s new on {connection.vendor}, {updates.SMALL:,} → {updates.LARGE:,}", "queries", "after an edit"]
        + ["may be", "not more", "ms least", "ratio", "after an edit, ms"],
        [
            [
                name,
                f"{before.queries} → {large[name].queries}",
                f"{before.queries_edited} → {large[name].queries_edited}",
                QUERIES_OF_UPDATES,
                mark(before.queries_edited >= large[name].queries_edited <= QUERIES_OF_UPDATES),
                f"{before.least:.1f} → {large[name].least:.1f}",
                f"{large[name].least / before.least:.2f}",
                f"{before.least_edited:.0f} → {large[name].least_edited:.0f}",
            ]
            for name, before in small.items()
        ],
    )


def report_search(searching) -> None:
    """Measure the search of a small site, let it grow, measure it again, and print all."""
    from django.db import connection

    found = []
    for size in searching.SIZES:
        print(f"Letting the site grow to {size:,} passages ...", flush=True)
        searching.grow(up_to=size)
        found.append(searching.measured())
    first, last = found[0], found[-1]
    print()
    table(
        [f"first page on {connection.vendor}, ms of processor", *(f"{one.passages:,}: median, p95" for one in found)]
        + ["p95 may be", "x", "may be", "kept"],
        [
            [
                name,
                *(f"{one.times[name][0]:.1f}, {one.times[name][1]:.1f}" for one in found),
                MS_OF_SEARCH,
                f"{last.times[name][0] / first.times[name][0]:.1f}",
                TIMES_OF_SEARCH,
                mark(
                    last.times[name][1] <= MS_OF_SEARCH
                    and last.times[name][0] <= TIMES_OF_SEARCH * first.times[name][0]
                ),
            ]
            for name in first.times
        ],
    )
    report_suggestions(found)
    table(
        ["index", "made, passages a second", "MB of memory at most", "MB on disk", "one page read again, ms"],
        [
            [
                f"{one.passages:,}",
                f"{one.rebuilt_per_second:,.0f}",
                f"{one.megabytes_used:.0f}",
                f"{one.megabytes_on_disk:.1f}",
                f"{one.update:.0f}",
            ]
            for one in found
        ],
    )


def report_search_beside_wagtail(searching) -> None:
    """Ask both searches the same of a site of very many pages, on PostgreSQL, and print how long each takes."""
    pages = searching.SIZES[-1]
    print(f"Making {pages:,} pages ...", flush=True)
    ours, wagtail = searching.beside_wagtail(pages=pages)
    table(
        [f"first page with count, a word in 90 % of {pages:,} pages", "ms by the clock", "x", "at least", "kept"],
        [
            ["ours", f"{ours:.1f}", "", "", ""],
            [
                "Wagtail's, all live pages",
                f"{wagtail:.0f}",
                f"{wagtail / ours:.0f}",
                TIMES_OF_WAGTAIL,
                mark(wagtail >= TIMES_OF_WAGTAIL * ours),
            ],
        ],
    )


def report_suggestions(found) -> None:
    """Print what suggestions cost at each size, beside asking the database which titles begin so."""
    last = found[-1]
    table(
        ["suggestions, ms of processor", *(f"{one.passages:,}: median, p95" for one in found)]
        + ["p95 may be", "kept", "ms waited", "database alone", "x database"],
        [
            [
                name,
                *(f"{one.suggested[name][0]:.1f}, {one.suggested[name][1]:.1f}" for one in found),
                MS_OF_SUGGESTIONS,
                mark(last.suggested[name][1] <= MS_OF_SUGGESTIONS),
                *(f"{waited:.1f}" for waited in last.waited[name]),
                f"{last.waited[name][0] / last.waited[name][1]:.2f}",
            ]
            for name in last.suggested
        ],
    )


def report_judgements(judging) -> None:
    """Judge the answers to questions of practitioners, and Wagtail's own search beside them, and print both."""
    from django.db import connection
    from django.utils import timezone

    asked = judging.questions()
    ours = judging.judge_ours(asked, now=timezone.now())
    base = {words: judging.judge_wagtails(asked, operator=words) for words in ("and", "or")}
    best = max(judged.ndcg for judged in base.values())
    print()
    table(
        [f"search, {len(asked)} questions on {connection.vendor}", "nDCG@10", "may be", "success@3", "may be", "kept"],
        [
            [
                "this site",
                f"{ours.ndcg:.3f}",
                f"{best + NDCG_ABOVE:.3f}",
                f"{ours.success:.3f}",
                SUCCESS,
                mark(ours.ndcg >= best + NDCG_ABOVE and ours.success >= SUCCESS),
            ],
            *(
                [f"Wagtail’s, “{words}”", f"{judged.ndcg:.3f}", "", f"{judged.success:.3f}", "", ""]
                for words, judged in base.items()
            ),
        ],
    )
    print(f"No answer among the first three: {', '.join(ours.missed) or 'none'}.\n", flush=True)


def report_library(library) -> None:
    """Measure the list of a small library, let it grow, measure it again, and print both."""
    from django.db import connection

    from home.models import HomePage

    page = library.library(HomePage.objects.first())
    found = []
    for size in (library.SMALL, library.LARGE):
        print(f"Letting the library grow to {size:,} resources ...", flush=True)
        library.grow(page, up_to=size)
        page = type(page).objects.get(pk=page.pk)
        found.append((library.measured(page), library.measured(page, after_edit=True)))
    (small, small_anew), (large, large_anew) = found
    print()
    table(
        [f"list on {connection.vendor}, {library.SMALL} → {library.LARGE:,}", "queries", "may be", "same", "ms median"]
        + ["ms p95", "may be", "p95 after an edit"],
        [
            [
                name,
                f"{before.queries} → {large[name].queries}",
                QUERIES_OF_LIST,
                mark(before.queries == large[name].queries <= QUERIES_OF_LIST),
                f"{before.median:.1f} → {large[name].median:.1f}",
                f"{before.p95:.1f} → {large[name].p95:.1f}",
                MS_OF_FILTERED if name == "filtered" else "",
                f"{small_anew[name].p95:.1f} → {large_anew[name].p95:.1f}",
            ]
            for name, before in small.items()
        ],
    )


def report_on_postgresql() -> None:
    """Measure on the PostgreSQL of TEST_DATABASE_URL, too."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        report_apart("updates", "library", database=given)
        report_apart("admin", database=given)
        report_apart("alerts", database=given)
        report_apart("search", database=given)
        report_apart("search-beside-wagtail", database=given)
        report_apart("judgements", database=given)
    else:
        print("PostgreSQL: library, updates and alerts were not measured there, TEST_DATABASE_URL is not set.\n")


def report_apart(*names: str, database: str) -> None:
    """Measure some of it in a process and on a site of its own."""
    with tempfile.TemporaryDirectory(prefix="board-bench-") as folder:
        environment = os.environ | {"DATABASE_URL": database, "VAR_DIR": folder}
        subprocess.run([sys.executable, "-m", "tests.bench.apart", *names], env=environment, check=True)


def report_downloads(downloads, library, folder) -> None:
    """Measure how fast a large file is given out, and print it beside nginx alone."""
    from home.models import HomePage

    document = downloads.offered_file(library.library(HomePage.objects.first()))
    found = downloads.measured(document, Path(folder))
    reference = found.get(downloads.REFERENCE)
    table(
        ["5 MB file from", "MB/s", "x reference", "ms to the first byte"],
        [
            [
                name,
                f"{speed.megabytes:.0f}",
                f"{speed.megabytes / reference.megabytes:.2f}" if reference else "",
                f"{speed.first_byte:.1f}",
            ]
            for name, speed in found.items()
        ],
    )
    if reference is None:
        print("No nginx was found on this machine: only gunicorn was measured.\n")


def report_import(library_import) -> None:
    """Measure the import of a thousand files, and print it."""
    cost = library_import.measured()
    table(
        ["import", "files a second", "ms of processor each", "again, a second", "MB at most", "of them the import's"],
        [
            [
                f"{cost.files:,} files",
                f"{cost.files_per_second:.0f}",
                f"{1000 * cost.processor_seconds:.0f}",
                f"{cost.again_per_second:.0f}",
                f"{cost.peak_mb:.0f}",
                f"{cost.import_mb:.0f}",
            ]
        ],
    )


def report_growth(growth, manual) -> None:
    """Measure the pages of a manual that is small, let it grow, measure them again, and print both."""
    print(f"\nBuilding a manual of {manual.SMALL} editions ...", flush=True)
    grown = manual.build()
    small = growth.measured(grown)
    print(f"Letting it grow to {manual.LARGE} ...", flush=True)
    manual.grow(grown)
    large = growth.measured(grown)
    sizes = f"{manual.SMALL} → {manual.LARGE}"

    print()
    table(
        [f"page of a manual, {sizes}", "queries: after an edit", "warm", "may be", "not more"],
        [
            [
                name,
                f"{before.queries.edited} → {large[name].queries.edited}",
                f"{before.queries.warm} → {large[name].queries.warm}",
                QUERIES_OF_MANUAL,
                mark(before.queries.warm >= large[name].queries.warm <= QUERIES_OF_MANUAL),
            ]
            for name, before in small.items()
            if not growth.is_after_edit(name)
        ],
    )
    table(
        [f"page of a manual, {sizes}", "ms least", "ratio", "may be", "x minimal"],
        [[name, *_times(before, large[name], growth.is_after_edit(name))] for name, before in small.items()],
    )
    print(f"{growth.sizes()}, those of the demonstration among them. Time is for a page that is not stored.")


def _times(before, after, is_after_edit: bool) -> list:
    """Return the cells on the time of a page; what the first reader after an edit waits for has no bar."""
    return [
        f"{before.times.least:.2f} → {after.times.least:.2f}",
        f"{after.times.least / before.times.least:.2f}",
        "" if is_after_edit else TIMES_SMALL,
        f"{after.times.least / after.minimal.least:.0f}",
    ]


def report(measuring, site) -> None:
    """Measure page by page and print tables."""
    addresses = site.addresses()
    costs = {name: measuring.cost(address) for name, address in addresses.items()}
    views = measuring.first_views(addresses)
    items = site.items_of_the_bulletin()
    print("Adding bulletins until there are 300 ...", flush=True)
    few, many = site.number_of_bulletins(), site.add_bulletins(up_to=300)
    grown = {name: measuring.queries(address) for name, address in addresses.items()}

    print()
    table(
        ["page", "queries: first ever", "after an edit", "warm", "may be", f"with {few} → {many} bulletins", "same"],
        [
            [
                name,
                cost.first,
                cost.edited,
                cost.warm,
                QUERIES,
                f"{cost.edited} → {grown[name].edited}",
                mark(cost.edited == grown[name].edited),
            ]
            for name, cost in costs.items()
        ],
    )
    table(
        ["page", "ms least", "median", "minimal view, ms", "x minimal", "may be", "stored, ms least"],
        [
            [
                name,
                f"{cost.uncached.least:.2f}",
                f"{cost.uncached.median:.2f}",
                f"{cost.minimal.least:.2f}",
                f"{cost.uncached.least / cost.minimal.least:.0f}",
                TIMES_MINIMAL,
                f"{cost.stored.least:.2f}",
            ]
            for name, cost in costs.items()
        ],
    )
    table(
        ["page", "HTML", "CSS", "before paint", "requests", "may be", "JS"],
        [
            [
                name,
                cost.html,
                cost.css,
                cost.html + cost.css,
                1 + cost.sheets,
                f"{FIRST_PAINT_BYTES} in {FIRST_PAINT_REQUESTS}",
                cost.js,
            ]
            for name, cost in costs.items()
        ],
    )
    if views:
        table(
            ["page", "first view: requests", "bytes", "may be", "elsewhere"],
            [
                [name, view.requests, view.bytes, f"{VIEW_BYTES} in {VIEW_REQUESTS}", view.elsewhere]
                for name, view in views.items()
            ],
        )
    else:
        print("No Chromium was found: the first view was not measured. Install one or set CHROMIUM_PATH.\n")
    print(f"The bulletin measured has {items} items. Bytes are as sent: gzip for pages, for files the best encoding")
    print("that is served; the first view counts headers too. Processor time is best compared when nothing else runs.")


def mark(good: bool) -> str:
    """Say yes or no."""
    return "yes" if good else "NO"


def table(heads: list[str], rows: list[list]) -> None:
    """Print rows under heads, in columns as wide as their widest cell."""
    cells = [[str(cell) for cell in row] for row in [heads, *rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    for row in cells:
        first, *others = zip(row, widths, strict=True)
        print(first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others), sep="  ")
    print(flush=True)


if __name__ == "__main__":
    sys.exit(main())
