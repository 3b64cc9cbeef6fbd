"""What staff and readers have typed, as the cell of a spreadsheet: text, and never a formula."""

import re

# What spreadsheet programs take for the beginning of a formula, full-width signs included, and what they pass over.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
# No part of a cell of an Excel file (ECMA-376: characters of XML 1.0).
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def text_for_excel(value) -> str:
    """Return the text without characters that no Excel file can hold. Wagtail marks cells as text, so none is run."""
    return _NO_TEXT.sub("", str(value))


def text_for_csv(value) -> str:
    """Return the text with an apostrophe in front where a program would run it: in CSV nothing else says "text".

    https://owasp.org/www-community/attacks/CSV_Injection
    """
    text = text_for_excel(value)
    return f"'{text}" if _FORMULA.match(text) else text


# What Wagtail's reports call their formats → how somebody's words are written there (`custom_field_preprocess`).
AS_TEXT = {"csv": text_for_csv, "xlsx": text_for_excel}
