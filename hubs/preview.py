"""The picture that other sites show beside a link to a hub or a theme. Texts in, PNG out; no models, no requests."""

from functools import lru_cache
from io import BytesIO
from typing import Final, NamedTuple

from PIL import Image, ImageDraw

from hubs import preview_type

SIZE: Final = (1200, 630)
EDGE: Final = 56
FINER: Final = 4  # shapes are drawn so much larger and then reduced, which smooths their edges
LONGEST: Final = 80  # more than any name may have; what is longer is cut, so that nobody can keep us drawing
LEADING: Final = 1.0
BREAKING, SMALLEST = 72, 44  # below the one words may be broken; below the other nobody can read them on a phone
INK, PAPER, SIGN, WHITE = "#15130f", "#fbf9f3", "#ffc917", "#ffffff"

# The fields of static/css/tokens.css in the light scheme, by HubColour; a test compares them.
FIELDS: Final = {
    "orange": "#c2370b",
    "blue": "#0b4dc2",
    "green": "#0b7040",
    "purple": "#6a2bb0",
    "teal": "#00667a",
    "magenta": "#ad1266",
}

ARROW: Final = ((2, 10), (15, 10), (8.5, 3.5), (12, 0), (24, 12), (12, 24), (8.5, 20.5), (15, 14), (2, 14))  # of 24
# The sign of static/img/favicon.svg: three lines that become one arrow; of 48.
BRAND: Final = (
    ("#ff7d4f", ((4, 8), (17.2, 8), (28.1, 18.9), (23.9, 23.1), (14.8, 14), (4, 14))),
    ("#41c987", ((4, 34), (14.8, 34), (23.9, 24.9), (28.1, 29.1), (17.2, 40), (4, 40))),
    ("#74a9ff", ((4, 21), (30, 21), (30, 27), (4, 27))),
    (SIGN, ((24, 6), (42, 24), (24, 42), (24, 33), (33, 24), (24, 15))),
)
BRAND_NAME: Final = ("Maakindustrie", "Utrecht-West")


class Block(NamedTuple):
    """Lines of type that fit somewhere, and their size."""

    lines: list[str]
    size: int

    @property
    def step(self) -> float:
        """From one baseline to the next."""
        return self.size * LEADING


@lru_cache(maxsize=64)
def hub_preview(name: str, town: str, letter: str, colour: str) -> bytes:
    """The hub's field of colour with its big letter, name and town."""
    picture = Image.new("RGB", SIZE, FIELDS[colour])
    bottom, em = SIZE[1] - EDGE, preview_type.width(letter)
    size = int(min(460 / em, 560)) if em else 0
    left = SIZE[0] - EDGE - em * size
    if em:
        preview_type.line(letter, size).paste(picture, WHITE, (left, bottom))
    block = fitting([name, town], (left - 2 * EDGE, 390), 116)
    _print(picture, block, WHITE, bottom - (len(block.lines) - 1) * block.step)
    _print_brand(picture, WHITE, EDGE)
    return _png(picture)


@lru_cache(maxsize=128)
def theme_preview(name: str) -> bytes:
    """A yellow sign with the theme's name, and the way there."""
    picture = Image.new("RGB", SIZE, SIGN)
    block = fitting([name], (SIZE[0] - 2 * EDGE, 330), 150)
    _print(picture, block, INK, EDGE + preview_type.CAPITAL * block.size)
    arrow = _smooth(((255, ARROW),), 24, 208)
    picture.paste(INK, (SIZE[0] - EDGE - 208, SIZE[1] - EDGE - 208), arrow)
    _print_brand(picture, INK, SIZE[1] - EDGE - 84)
    return _png(picture)


def fitting(texts: list[str], room: tuple[float, float], largest: int) -> Block:
    """The largest type in which these texts, each on its own lines, fit; too many lines of the smallest are cut off."""
    texts = [text[:LONGEST] for text in texts]
    for size in range(largest, SMALLEST - 1, -4):
        words_fit = size <= BREAKING or all(
            preview_type.width(word) * size <= room[0] for text in texts for word in text.split()
        )
        lines = [line for text in texts for line in _wrapped(text, room[0] / size)]
        if words_fit and len(lines) * size * LEADING <= room[1]:
            return Block(lines, size)
    lines = [line for text in texts for line in _wrapped(text, room[0] / SMALLEST)]
    return Block(lines[: int(room[1] / SMALLEST / LEADING)], SMALLEST)


def _wrapped(text: str, room: float) -> list[str]:
    """Lines of whole words, not wider than so many ems."""
    lines: list[str] = []
    for word in (part for whole in text.split() for part in _broken(whole, room)):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and preview_type.width(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _broken(word: str, room: float) -> list[str]:
    """In parts that fit, by its own hyphens where it has them."""
    parts: list[str] = []
    while preview_type.width(word) > room and len(word) > 1:
        end = 1
        while end < len(word) - 1 and preview_type.width(f"{word[: end + 1]}-") <= room:
            end += 1
        end = word.rfind("-", 0, end) + 1 or end
        parts.append(f"{word[:end].removesuffix('-')}-")
        word = word[end:]
    return [*parts, word]


def _print(picture: Image.Image, block: Block, colour: str, baseline: float) -> None:
    for number, text in enumerate(block.lines):
        preview_type.line(text, block.size).paste(picture, colour, (EDGE, baseline + number * block.step))


def _print_brand(picture: Image.Image, colour: str, top: int) -> None:
    picture.paste(_brand(), (EDGE, top))
    for number, text in enumerate(BRAND_NAME):
        preview_type.line(text, 34).paste(picture, colour, (EDGE + 104, top + 36 + number * 38))


@lru_cache(maxsize=1)
def _brand() -> Image.Image:
    return _smooth(BRAND, 48, 84, Image.new("RGB", (84 * FINER, 84 * FINER), INK))


def _smooth(
    shapes: tuple[tuple[str | int, tuple[tuple[float, float], ...]], ...],
    grid: int,
    side: int,
    ground: Image.Image | None = None,
) -> Image.Image:
    """Polygons on a square grid, in pixels; a mask when there is no ground."""
    canvas = ground or Image.new("L", (side * FINER, side * FINER))
    for colour, points in shapes:
        scaled = [(x * side * FINER / grid, y * side * FINER / grid) for x, y in points]
        ImageDraw.Draw(canvas).polygon(scaled, fill=colour)
    return canvas.reduce(FINER)


def _png(picture: Image.Image) -> bytes:
    """In 64 colours, half the bytes: flat fields and their smoothed edges need no more."""
    target = BytesIO()
    picture.quantize(64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(target, "PNG")
    return target.getvalue()
