"""A stock Wagtail: a project as `wagtail start` writes it, with pages like ours. What the admin is compared with."""
