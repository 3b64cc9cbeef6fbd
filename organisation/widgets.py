"""Fields of the admin's forms that help while one types."""

from django import forms
from django.apps import apps
from django.utils.html import format_html, format_html_join

from organisation.colours import HEX


class SuggestsKnownAgencies(forms.TextInput):
    """A line of text that offers the agencies of the directory, so that one agency is written one way."""

    def render(self, name, value, attrs=None, renderer=None):
        """Render the field, and the list it offers."""
        list_id = f"{name}-known"
        field = super().render(name, value, {**(attrs or {}), "list": list_id, "autocomplete": "off"}, renderer)
        # By name, because the models' forms are made with this field.
        agencies = (
            apps.get_model("organisation.Contact")
            .objects.order_by("agency")
            .values_list("agency", flat=True)
            .distinct()
        )
        options = format_html_join("", '<option value="{}"></option>', ((agency,) for agency in agencies))
        return format_html('{}<datalist id="{}">{}</datalist>', field, list_id, options)


class ColourInput(forms.TextInput):
    """A colour as # and six digits, with the picker of the browser beside it.

    `designed`: the colour that holds while the field is empty.
    """

    def __init__(self, designed="#000000", attrs=None):
        self.designed = designed
        super().__init__({"maxlength": 7, "placeholder": designed, "spellcheck": "false", **(attrs or {})})

    def render(self, name, value, attrs=None, renderer=None):
        """Render the field, and a picker that fills it in."""
        shown = value if HEX.match(value or "") else self.designed
        return format_html(
            '{}<input type="color" value="{}" aria-label="Pick a colour"'
            ' oninput="this.previousElementSibling.value=this.value"'
            ' style="width:6rem;height:2.5rem;padding:.25rem;margin-top:.25rem">',
            super().render(name, value, attrs, renderer),
            shown,
        )
