"""Colours that staff may choose, within what people can read (WCAG 2.2, success criterion 1.4.3)."""

import re

from django.core.exceptions import ValidationError

HEX = re.compile(r"^#[0-9a-f]{6}$")
LEAST_CONTRAST = 4.5
STEPS = 100

# The other colours of static/css/site.css in its light scheme, which chosen colours meet.
WHITE = "#ffffff"
INK = "#14212b"
LIGHT_SURFACES = {
    "white": WHITE,
    "the page": "#faf7f1",
    "tinted boxes": "#dcecee",
    "notes": "#fdf0d3",
}


def clean_colour(value: str) -> str:
    """Return the colour as `#rrggbb`. Raises ValidationError when it is anything else."""
    colour = value.strip().lower()
    if re.match(r"^#?[0-9a-f]{3}$", colour):
        colour = "#" + "".join(digit * 2 for digit in colour.lstrip("#"))
    elif re.match(r"^[0-9a-f]{6}$", colour):
        colour = f"#{colour}"
    if not HEX.match(colour):
        raise ValidationError("Write the colour as # and six digits or letters from a to f, for example #0d4453.")
    return colour


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def check_readable(colour: str, *, against: dict[str, str], what: str) -> None:
    """Raise ValidationError when `colour` is not readable beside one of the colours in `against` (name → colour).

    The message names the pair, its ratio and what is needed, and offers the nearest shade that would do.
    """
    name, worst = min(against.items(), key=lambda item: contrast(colour, item[1]))
    ratio = contrast(colour, worst)
    if ratio >= LEAST_CONTRAST:
        return
    # Cut off, not rounded: 4.49 must not read as the 4.5 that is asked for.
    shown = int(ratio * 10) / 10
    direction = "darker" if _luminance(worst) > _luminance(INK) * 2 else "lighter"
    example = _nearest(colour, against, direction)
    raise ValidationError(
        f"{what} would be hard to read: the contrast of {colour} and {name} ({worst}) is {shown} to 1, and at least "
        f"{LEAST_CONTRAST} to 1 is needed. Choose a {direction} colour, for example {example}.",
        code="contrast",
    )


def _nearest(colour: str, against: dict[str, str], direction: str) -> str:
    """Return the shade of `colour`, mixed with as little black or white as possible, that is readable."""
    target = 0 if direction == "darker" else 255
    for step in range(STEPS + 1):
        channels = [round(channel + (target - channel) * step / STEPS) for channel in _channels(colour)]
        shade = "#{:02x}{:02x}{:02x}".format(*channels)
        if all(contrast(shade, other) >= LEAST_CONTRAST for other in against.values()):
            return shade
    return WHITE if direction == "lighter" else "#000000"


def _channels(colour: str) -> list[int]:
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]


def _luminance(colour: str) -> float:
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (value / 255 for value in _channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
