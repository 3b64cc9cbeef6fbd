"""The forms with which site managers look after other people's accounts."""

from django import forms
from django.utils.text import get_text_list
from wagtail.users.forms import UserCreationForm, UserEditForm

from accounts.giving import may_give


class OfSomebody:
    """What a person's name and rights are; nobody gives rights that they do not have."""

    def __init__(self, *args, editor, **kwargs):
        super().__init__(*args, **kwargs)
        self.editor = editor
        if not editor.is_superuser:
            self.fields.pop("is_superuser", None)

    def clean_email(self):
        """Keep one spelling of an address."""
        return self.cleaned_data["email"].strip().lower()

    def clean_groups(self):
        """Refuse roles beyond those of the person who gives them; what somebody has already stays."""
        groups = self.cleaned_data["groups"]
        had = self.instance.groups.all() if self.instance.pk else []
        beyond = [role.name for role in groups if role not in had and not may_give(role, by=self.editor)]
        if beyond:
            names = get_text_list([f"“{name}”" for name in beyond], "and")
            raise forms.ValidationError(f"You cannot give {names}: it has rights that you do not have.")
        return groups


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
