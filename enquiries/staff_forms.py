"""The forms of the queue: notes, who does it, and what the sender is told."""

from django import forms
from django.db.models import Q
from django.utils import timezone
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.permissions import policy_registry

from accounts.models import User
from enquiries.models import AccessibleFormatRequest, AmendmentSuggestion, AuditQuestion, NewsSubmission, ProblemReport
from organisation.forms import RefusesToOverwrite
from updates.models import Edition


class EnquiryStaffForm(RefusesToOverwrite):
    """What every kind has. `action` is the button that was pressed: edit, accept, decline, ask, close or reopen."""

    # Button → what is said when it was pressed without any words for the sender.
    needs_words = {
        "decline": "Say why. The sender will read this.",
        "ask": "Write the question. The sender will read this.",
    }
    help_with_email = "Goes into the e-mail as you write it here. Needed to decline or to ask."
    help_without_email = "No e-mail address was given, so nobody is told. What you write is kept with the decision."

    class Meta:
        fields = ["assigned_to", "notes", "draft"]
        widgets = {"notes": AdminAutoHeightTextInput, "draft": AdminAutoHeightTextInput}
        help_texts = {"notes": "Only staff see these."}

    def __init__(self, *args, action="edit", **kwargs):
        super().__init__(*args, **kwargs)
        self.action = action
        policy = policy_registry.get(self.instance)
        able = policy.users_with_permission("change").filter(is_active=True)
        # Whoever has it keeps it, also without the right by now: saving a note must not take it away.
        self.fields["assigned_to"].queryset = User.objects.filter(Q(pk__in=able) | Q(pk=self.instance.assigned_to_id))
        self.fields["draft"].help_text = self.help_with_email if self.instance.sender_email else self.help_without_email

    def clean(self):
        """Insist on what a button needs."""
        cleaned = super().clean()
        words = (cleaned.get("draft") or "").strip()
        if self.action in self.needs_words and not words:
            self.add_error("draft", self.needs_words[self.action])
        if self.action == "ask" and not self.instance.sender_email:
            self.add_error(None, "The sender gave no e-mail address, so nobody can be asked.")
        return cleaned

    def save(self, commit=True):
        """Save what stands in the form and nothing else: mails are sent, and written down, meanwhile."""
        if not commit:
            return super().save(commit=False)
        self.instance.save(update_fields=[*self.Meta.fields, "updated_at"])
        return self.instance


class AmendmentStaffForm(EnquiryStaffForm):
    """Adds the edition in which a suggestion was taken up."""

    done_in = forms.ModelChoiceField(
        Edition.objects.none(),
        label="Done already?",
        required=False,
        empty_label="No: it will be in the next update",
        help_text="Only used when you accept. The sender is told.",
    )

    class Meta(EnquiryStaffForm.Meta):
        model = AmendmentSuggestion
        fields = ["assigned_to", "notes", "done_in", "draft"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        editions = Edition.objects.filter(page=self.instance.page_id).order_by("-number")
        self.fields["done_in"].queryset = editions.filter(number__gt=self.instance.edition_number or 0)
        self.fields["done_in"].label_from_instance = lambda edition: (
            f"Edition {edition.number}, in force since {edition.in_force_from.day} {edition.in_force_from:%B %Y}"
        )


class FormatStaffForm(EnquiryStaffForm):
    """Insists on words with a yes, too: the sender has to know how they get the file."""

    needs_words = EnquiryStaffForm.needs_words | {"accept": "Say how the sender gets it. The sender will read this."}
    help_with_email = (
        "Goes into the e-mail as you write it here: how the sender gets the file, for example a link or the day on "
        "which it was posted; why you cannot make it; or your question."
    )
    help_without_email = (
        "No e-mail goes out. Tell the sender yourself, in the way they gave, and write here what you told them."
    )

    class Meta(EnquiryStaffForm.Meta):
        model = AccessibleFormatRequest


class ProblemStaffForm(EnquiryStaffForm):
    """Asks nothing more."""

    class Meta(EnquiryStaffForm.Meta):
        model = ProblemReport


class AuditStaffForm(EnquiryStaffForm):
    """Insists on an answer with a yes, too."""

    needs_words = EnquiryStaffForm.needs_words | {"accept": "Write the answer. The sender will read this."}
    help_with_email = "Your answer, or question, or why you cannot answer. Goes into the e-mail as you write it here."

    class Meta(EnquiryStaffForm.Meta):
        model = AuditQuestion


class NewsStaffForm(EnquiryStaffForm):
    """Asks into which issue accepted news goes: those that the person signed in may write."""

    issue = forms.ChoiceField(label="Put it into", required=False, help_text="Only used when you accept.")

    class Meta(EnquiryStaffForm.Meta):
        model = NewsSubmission

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = self._issues()
        self.fields["issue"].choices = [("", "Choose an issue"), *choices] if len(choices) != 1 else choices
        # What the sender was told is the likeliest.
        told = [key for key, words in choices if self.instance.for_issue in words]
        if len(told) == 1:
            self.initial["issue"] = told[0]
        if not choices:
            self.fields[
                "issue"
            ].help_text = (
                "There is no issue that you may write, so you cannot accept it. Ask somebody who writes the bulletin."
            )
        self.order_fields(["assigned_to", "notes", "issue", "draft"])

    def _issues(self) -> list[tuple[str, str]]:
        page = self.instance.page and self.instance.page.specific
        if page is None or not hasattr(page, "issues_for_news"):
            return []
        return page.issues_for_news(self.for_user, on=timezone.localdate())

    def clean(self):
        """Insist on an issue to accept it into."""
        cleaned = super().clean()
        if self.action == "accept" and "issue" not in self.errors and not cleaned.get("issue"):
            self.add_error("issue", "Choose the issue that it goes into.")
        return cleaned
