"""Fields of the admin's forms that help while one types."""

from django import forms
from django.utils.html import format_html, format_html_join


class SuggestsKnownAgencies(forms.TextInput):
    """A line of text that offers the agencies of the directory, so that one agency is written one way."""

    def render(self, name, value, attrs=None, renderer=None):
        """Render the field, and the list it offers."""
        from organisation.models import Contact

        list_id = f"{name}-known"
        field = super().render(name, value, {**(attrs or {}), "list": list_id, "autocomplete": "off"}, renderer)
        agencies = Contact.objects.order_by("agency").values_list("agency", flat=True).distinct()
        options = format_html_join("", '<option value="{}"></option>', ((agency,) for agency in agencies))
        return format_html('{}<datalist id="{}">{}</datalist>', field, list_id, options)


class ColourInput(forms.TextInput):
    """A colour as # and six digits, with the saved colour shown beside it."""

    def __init__(self, attrs=None):
        super().__init__({"maxlength": 7, "placeholder": "#0d4453", "spellcheck": "false", **(attrs or {})})
