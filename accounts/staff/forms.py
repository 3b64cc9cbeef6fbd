"""The forms with which site managers look after other people's accounts."""

from django import forms
from wagtail.users.forms import UserCreationForm, UserEditForm


class OfSomebody:
    """What a person's name and rights are; only site managers make site managers."""

    def __init__(self, *args, editor, **kwargs):
        super().__init__(*args, **kwargs)
        if not editor.is_superuser:
            self.fields.pop("is_superuser", None)

    def clean_email(self):
        """Keep one spelling of an address."""
        return self.cleaned_data["email"].strip().lower()


class InvitationForm(OfSomebody, UserCreationForm):
    """A new account. It has no password until the person has chosen one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[
            "email"
        ].help_text = "They sign in with it. It gets an invitation, with which they choose their own password."
        self.instance.set_unusable_password()


class AccountForm(OfSomebody, UserEditForm):
    """An account that there is."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "is_active" in self.fields:
            self.fields[
                "is_active"
            ].help_text = (
                "Untick it when somebody leaves. They can no longer sign in; what they did stays under their name."
            )


class ReasonForm(forms.Form):
    """Why a second factor is removed."""

    reason = forms.CharField(
        label="Why, and how do you know that it is them who ask?",
        help_text="It is logged, and mailed to the person. For example: “Phone lost; we spoke in the office.”",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
