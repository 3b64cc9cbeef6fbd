"""Who works on the library, and who may use its files and our pictures."""

from accounts.roles import (
    APPROVERS,
    EDITORS,
    LIBRARY_APPROVERS,
    LIBRARY_EDITORS,
    SITE_MANAGERS,
    Approved,
    Grant,
    to_work_with,
)

LIBRARY = ["documents.LibraryPage"]
PICTURES = [f"wagtailimages.{action}_image" for action in ("add", "change", "choose")]
FILES = [f"wagtaildocs.{action}_document" for action in ("add", "change", "choose")]

GRANTS = [
    Grant(to=[LIBRARY_EDITORS, LIBRARY_APPROVERS], pages=LIBRARY, may=["add", "change"], files=FILES),
    Grant(to=[LIBRARY_APPROVERS], pages=LIBRARY, may=["publish", "lock", "unlock"]),
    Grant(to=[*EDITORS, *APPROVERS], files=[*PICTURES, "wagtaildocs.choose_document"]),
    Grant(
        to=[SITE_MANAGERS],
        rights=to_work_with("documents.PublicCollection"),
        files=[
            *PICTURES,
            *FILES,
            "wagtailimages.delete_image",
            "wagtaildocs.delete_document",
            *(f"wagtailcore.{action}_collection" for action in ("add", "change", "delete")),
        ],
    ),
]
APPROVED = [Approved("Library", page=LIBRARY[0], by=[LIBRARY_APPROVERS])]
