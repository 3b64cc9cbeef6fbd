"""What the check found, shown where editors choose files."""

from wagtail.admin.panels import Panel

from documents.known import known_of


class FilesPanel(Panel):
    """Below the files of a resource: which of them are being checked, were refused, or cannot be read by everybody."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "documents/admin/files_panel.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            children = self.instance.files.all() if self.instance.pk else []
            context["known"] = known_of(child.document_id for child in children)
            return context
