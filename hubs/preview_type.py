"""Large tight letters for the share previews. Knows no layout and no models.

Pillow's own font has one weight and bare ASCII; it is made bold, and gets its accents, here.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from PIL import Image, ImageChops, ImageDraw, ImageFont

# Everything in parts of the em, the size of the type.
CAPITAL, LOWER, ABOVE, BESIDE = 0.7, 0.54, 1.1, 0.2  # heights of H and x; room over the baseline and around a line
TRACKING: Final = -0.035  # after the letters grew by THICKER: tighter than the font sets them
THICKER: Final = (0.055, 0.028)  # across and down: bold letters grow more in width; small ones keep their dots apart
FOLDED: Final = str.maketrans(
    {
        "–": "-", "—": "-", "‐": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "ß": "ss", "ł": "l", "Ł": "L", "ø": "o",
        "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "đ": "d", "Đ": "D", "ı": "i",
    }
)  # fmt: skip


class Accent(NamedTuple):
    """A combining mark, drawn with a sign that the font has."""

    sign: str
    size: float
    middles: tuple[float, ...]  # of each copy, from the middle of the letter
    height: float  # of their middle over the baseline, on a lower-case letter


ACCENTS: Final = {
    "\N{COMBINING GRAVE ACCENT}": Accent("`", 1, (-0.02,), 0.68),
    "\N{COMBINING ACUTE ACCENT}": Accent("´", 1, (0.02,), 0.68),
    "\N{COMBINING CIRCUMFLEX ACCENT}": Accent("^", 0.6, (0,), 0.68),
    "\N{COMBINING TILDE}": Accent("~", 0.7, (0,), 0.66),
    "\N{COMBINING MACRON}": Accent("-", 1, (0,), 0.66),
    "\N{COMBINING DIAERESIS}": Accent(".", 1, (-0.12, 0.12), 0.67),
    "\N{COMBINING RING ABOVE}": Accent("°", 0.7, (0,), 0.66),
    "\N{COMBINING CARON}": Accent("v", 0.5, (0,), 0.68),
    "\N{COMBINING CEDILLA}": Accent(",", 0.9, (0,), -0.1),
}


class Letter(NamedTuple):
    """A sign that the font has, with the accents that are drawn onto it."""

    sign: str
    accents: tuple[Accent, ...] = ()


@dataclass(frozen=True)
class Line:
    """One line of type as a mask; `origin` is where the start of its baseline lies in it."""

    mask: Image.Image
    origin: tuple[int, int]

    def paste(self, onto: Image.Image, colour: str, start: tuple[float, float]) -> None:
        """Print it with the start of its baseline here."""
        corner = round(start[0]) - self.origin[0], round(start[1]) - self.origin[1]
        onto.paste(colour, corner, self.mask)


def letters(text: str) -> list[Letter]:
    """What can be drawn of a text: accents apart, look-alikes for what the font lacks, nothing for other scripts."""
    found: list[Letter] = []
    for sign in unicodedata.normalize("NFKD", text.translate(FOLDED)):
        if found and sign in ACCENTS:
            found[-1] = Letter(found[-1].sign, (*found[-1].accents, ACCENTS[sign]))
        elif sign.isascii() and sign.isprintable():
            found.append(Letter(sign))
    return found


def width(text: str) -> float:
    """Of a line, in ems."""
    steps = _steps(letters(text))
    return sum(steps) - TRACKING if steps else 0


def line(text: str, size: int) -> Line:
    """This text in one line; it is as wide as `width` says, times the size."""
    signs = letters(text)
    steps = _steps(signs)
    beside, baseline = round(BESIDE * size), round(ABOVE * size)
    mask = Image.new("L", (round(sum(steps) * size) + 2 * beside, baseline + round(0.4 * size)))
    draw, x = ImageDraw.Draw(mask), float(beside)
    for sign, step in zip(signs, steps, strict=True):
        _draw(draw, sign, (x, baseline), size)
        x += step * size
    return Line(_thicker(mask, round(THICKER[0] * size), int(THICKER[1] * size)), (beside, baseline))


def _steps(signs: list[Letter]) -> list[float]:
    """From the start of each letter to that of the next, kerned."""
    following = [*signs[1:], Letter("")]
    return [_step(letter.sign, after.sign) for letter, after in zip(signs, following, strict=False)]


@lru_cache(maxsize=4096)
def _step(sign: str, after: str) -> float:
    font = _font(1000)
    return (font.getlength(sign + after) - font.getlength(after)) / 1000 + THICKER[0] + TRACKING


@lru_cache(maxsize=64)
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)
    return font


def _draw(draw: ImageDraw.ImageDraw, letter: Letter, start: tuple[float, float], size: int) -> None:
    x, baseline = start
    draw.text(start, letter.sign, fill=255, font=_font(size), anchor="ls")
    middle = x + _font(size).getlength(letter.sign) / 2
    if letter.sign in "ij" and any(accent.height > LOWER for accent in letter.accents):  # the accent replaces the dot
        above = baseline - (LOWER + 0.02) * size
        draw.rectangle((middle - 0.1 * size, above - 0.3 * size, middle + 0.1 * size, above), fill=0)
    raised = CAPITAL - LOWER if letter.sign.isupper() or letter.sign in "bdfhkl" else 0
    for accent in letter.accents:
        font = _font(round(accent.size * size))
        across, over = _middle(accent.sign, font)
        lift = accent.height + (raised if accent.height > 0 else 0)
        for beside in accent.middles:
            corner = middle + beside * size - across, baseline - lift * size - over
            draw.text(corner, accent.sign, fill=255, font=font, anchor="ls")


def _middle(sign: str, font: ImageFont.FreeTypeFont) -> tuple[float, float]:
    """Of the ink, from the start of the baseline; Pillow's own bounding box always reaches down to that line."""
    mask, (x, y) = font.getmask2(sign, anchor="ls")
    left, top, right, bottom = mask.getbbox() or (0, 0, 0, 0)
    return x + (left + right) / 2, y + (top + bottom) / 2


def _thicker(mask: Image.Image, across: int, down: int) -> Image.Image:
    """Every stroke grows by so many pixels, to the right and upwards, with its corners kept square."""
    for total, direction in ((across, (1, 0)), (down, (0, -1))):
        grown = 0
        while grown < total:
            more = min(grown + 1, total - grown)
            mask = ImageChops.lighter(mask, ImageChops.offset(mask, direction[0] * more, direction[1] * more))
            grown += more
    return mask
