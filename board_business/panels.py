"""What editors are told beside the fields of a review."""

from wagtail.admin.panels import Panel

from board_business.one_sheet import sheets_needed


class OneSheetPanel(Panel):
    """Whether the learning fits on one sheet of paper, as it was saved last."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "board_business/admin/one_sheet.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            is_saved = self.instance.pk is not None
            sheets = sheets_needed(self.instance) if is_saved else 0
            return context | {"is_saved": is_saved, "fits": sheets <= 1, "percent": round((sheets - 1) * 100)}
