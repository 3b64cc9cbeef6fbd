"""Draws the pictures under static/images that are not written by hand: the share card and the icon of a phone's screen.

Run it with `.venv/bin/python scripts/make_images.py` after changing the mark in
templates/components/mark.html. The share card names nobody: every board that runs this site can use it.
"""

from pathlib import Path

from PIL import Image, ImageDraw

IMAGES = Path(__file__).resolve().parent.parent / "static" / "images"
TEAL, TEAL_LIGHT, AMBER, WHITE, PLUM = "#0d4453", "#1a4f5d", "#f4b63f", "#ffffff", "#672850"
# Drawn this many times larger, then made smaller: smooth edges.
SCALE = 3
CARD = (1200, 630)
ICON = 180
COLOURS = 48


def draw_mark(draw: ImageDraw.ImageDraw, *, left: float, top: float, size: float) -> None:
    """Draw the mark, a child under an arch, in a square of `size` pixels; the mark's own grid has 40 units a side."""
    unit = size / 40

    def box(x0: float, y0: float, x1: float, y1: float) -> tuple[float, ...]:
        return left + x0 * unit, top + y0 * unit, left + x1 * unit, top + y1 * unit

    draw.pieslice(box(2.25, 2.25, 37.75, 37.75), 180, 360, fill=AMBER)
    draw.rectangle(box(2.25, 20, 37.75, 36), fill=AMBER)
    draw.pieslice(box(7.75, 7.75, 32.25, 32.25), 180, 360, fill=TEAL)
    draw.rectangle(box(7.75, 20, 32.25, 36), fill=TEAL)
    draw.ellipse(box(15.25, 14.75, 24.75, 24.25), fill=WHITE)
    draw.pieslice(box(11.5, 27, 28.5, 45), 180, 360, fill=WHITE)


def draw_card() -> Image.Image:
    """Return the share card: the mark between quiet arcs, on a rule of the site's colours."""
    width, height = (side * SCALE for side in CARD)
    card = Image.new("RGB", (width, height), TEAL)
    draw = ImageDraw.Draw(card)
    for radius, colour in ((1.02, TEAL_LIGHT), (0.84, TEAL), (0.66, TEAL_LIGHT), (0.48, TEAL)):
        reach = radius * height
        draw.ellipse((width / 2 - reach, height - reach, width / 2 + reach, height + reach), fill=colour)
    size = 0.5 * height
    draw_mark(draw, left=(width - size) / 2, top=0.27 * height, size=size)
    draw.rectangle((0, 0.965 * height, width, height), fill=PLUM)
    draw.rectangle((0, 0.965 * height, width * 0.3, height), fill=AMBER)
    return card.resize(CARD, Image.Resampling.LANCZOS)


def draw_icon() -> Image.Image:
    """Return the icon for a phone's screen."""
    side = ICON * SCALE
    icon = Image.new("RGB", (side, side), TEAL)
    draw_mark(ImageDraw.Draw(icon), left=side * 0.18, top=side * 0.17, size=side * 0.64)
    return icon.resize((ICON, ICON), Image.Resampling.LANCZOS)


def main() -> None:
    """Write the pictures, with as few colours as they need."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    for name, picture in (("share.png", draw_card()), (f"icon-{ICON}.png", draw_icon())):
        picture.quantize(COLOURS, dither=Image.Dither.NONE).save(IMAGES / name, optimize=True)
        print(f"static/images/{name}: {(IMAGES / name).stat().st_size} bytes")


if __name__ == "__main__":
    main()
