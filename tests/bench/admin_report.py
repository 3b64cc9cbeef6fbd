"""The figures of the admin, beside those of a stock Wagtail: what staff wait for, many times a day."""

from django.db import connection

from tests.bench import admin
from tests.bench.__main__ import mark, table

# How much more than on a stock site it may cost, in the processor's time.
TIMES_STOCK = 1.2


def report() -> None:
    """Add what is measured to the demonstration, measure it on both sites in turns, and print."""
    print(f"Building two sites, each with a page that has {admin.CHILDREN:,} below it ...", flush=True)
    costs = admin.measured()
    print()
    table(
        [
            f"admin on {connection.vendor}",
            "queries",
            "stock",
            "ms median",
            "stock",
            "x stock",
            "may be",
            "kept",
            "least, x",
        ],
        [
            [
                name,
                *cost.queries,
                *(f"{ms:.1f}" for ms in cost.median),
                f"{cost.ratio:.2f}",
                TIMES_STOCK,
                mark(cost.ratio <= TIMES_STOCK),
                f"{cost.least[0] / cost.least[1]:.2f}",
            ]
            for name, cost in costs.items()
        ],
    )
