"""Who may share drafts and read what is said of them: who may edit the page."""


def may_share(page, user) -> bool:
    """Tell whether somebody may show the draft of a page to others, now."""
    if user is None or not user.is_active:
        return False
    return page.permissions_for_user(user).can_edit()
