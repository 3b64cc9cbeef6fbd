from django.apps import AppConfig


class ApprovalConfig(AppConfig):
    name = "approval"
    verbose_name = "Approval"

    def ready(self):
        from approval.rules import needs_approval
        from pages.held import hold_what
        from pages.permissions import publish_only_when_approved

        publish_only_when_approved(needs_approval)
        # What was handed in and what was approved.
        hold_what(lambda revision: revision.task_states.exists())
