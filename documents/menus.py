"""Ways in the admin's menus."""

from wagtail.admin.menu import MenuItem

from documents.rights import works_with_files


class ForWhoWorksWithFiles(MenuItem):
    """A way that is shown to those who may add or change files."""

    def is_shown(self, request):
        """Tell whether the person signed in may."""
        return works_with_files(request.user)
