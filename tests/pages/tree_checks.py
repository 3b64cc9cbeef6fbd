"""What must hold of the page tree at any time."""

from pages.models import BasePage


def tree_faults() -> list[str]:
    """Return a sentence for each fault: treebeard's own checks, addresses, and slugs used twice below one parent."""
    names = ("odd characters", "odd length", "no parent", "wrong depth", "wrong count of children")
    faults = [f"{name}: {ids}" for name, ids in zip(names, BasePage.find_problems(), strict=True) if ids]
    pages = {page["path"]: page for page in BasePage.objects.values("pk", "path", "slug", "url_path")}
    seen = set()
    for path, page in pages.items():
        parent = pages.get(path[: -BasePage.steplen])
        expected = f"{parent['url_path']}{page['slug']}/" if parent else "/"
        if page["url_path"] != expected:
            faults.append(f"page {page['pk']} has the address {page['url_path']} instead of {expected}")
        if expected in seen and parent:
            faults.append(f"two pages have the address {expected}")
        seen.add(expected)
    return faults
