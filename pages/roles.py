"""Who works on all pages, on what they are sorted by, and on whom the site knows."""

from accounts.roles import SITE_MANAGERS, Grant, to_work_with

GRANTS = [
    Grant(
        to=[SITE_MANAGERS],
        pages=[""],
        may=["add", "change", "publish", "lock", "unlock", "bulk_delete"],
        rights=[
            *to_work_with(
                "pages.Topic",
                "pages.Audience",
                "wagtailredirects.Redirect",
                "wagtailcore.Workflow",
                "wagtailcore.Task",
            ),
            # People leave by being deactivated: what they did stays under their name.
            "accounts.add_user",
            "accounts.change_user",
            "accounts.view_user",
            "accounts.reset_second_factor",
            "clock.view_jobrecord",
            "pages.view_backup",
        ],
    ),
]
