"""Contrast of text whose ground a checker cannot tell (on drawings, beside pictures): judged by the pixels shown."""

from io import BytesIO

from PIL import Image

NORMAL, LARGE = 4.5, 3.0  # WCAG 1.4.3
LARGE_PX, LARGE_BOLD_PX, BOLD = 24, 18.66, 700
GROUND_SHARE = 0.1  # a colour that fills less of the box is the edge of a letter or a thin line
EDGE_SHARE = 0.25  # so is, of a small letter, a blend of its colour with a ground that fills more
BLEND_ERROR = 8  # of 255, in a channel

MEASURE = """
element => {
  const box = element.getBoundingClientRect(), style = getComputedStyle(element);
  const canvas = new OffscreenCanvas(1, 1).getContext("2d");
  canvas.fillStyle = element instanceof SVGElement ? style.fill : style.color;
  canvas.fillRect(0, 0, 1, 1);
  const matrix = element.getScreenCTM ? element.getScreenCTM().a : 1;
  const border = parseFloat(style.borderTopWidth) || 0, left = box.left + scrollX, top = box.top + scrollY;
  return {
    box: [left + border, top + border, left + box.width - border, top + box.height - border],
    colour: [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3),
    size: parseFloat(style.fontSize) * matrix, weight: parseFloat(style.fontWeight),
  };
}
"""


def too_faint(page, selectors):
    """Of these elements, those whose text has too little contrast with a colour that it stands on."""
    if not selectors:
        return []
    picture = Image.open(BytesIO(page.screenshot(full_page=True))).convert("RGB")
    found = []
    for selector in selectors:
        text = page.locator(selector).first.evaluate(MEASURE)
        ratio = _least_ratio(picture, text)
        if ratio < _needed(text):
            found.append(f"contrast {ratio:.2f}: {selector}")
    return found


def _needed(text):
    large = text["size"] >= LARGE_PX or (text["size"] >= LARGE_BOLD_PX and text["weight"] >= BOLD)
    return LARGE if large else NORMAL


def _least_ratio(picture, text):
    crop = picture.crop([round(edge) for edge in text["box"]])
    size = crop.width * crop.height
    own = tuple(text["colour"])
    shares = {c: number / size for number, c in crop.getcolors(size) or () if c != own}
    grounds = {c: share for c, share in shares.items() if share >= GROUND_SHARE}
    seen = [c for c in grounds if not _is_edge(c, own, grounds)]
    return min((_ratio(own, ground) for ground in seen), default=21.0)


def _is_edge(colour, own, grounds):
    share = grounds[colour]
    fuller = (ground for ground, other in grounds.items() if other > share)
    return share < EDGE_SHARE and any(_is_blend(colour, own, ground) for ground in fuller)


def _is_blend(colour, one, other):
    """Does it lie between them, as far in every channel?"""
    span = max(abs(b - a) for a, b in zip(one, other, strict=True))
    part = max((abs(c - a) for a, c in zip(one, colour, strict=True)), default=0) / span if span else 1
    blend = [a + (b - a) * part for a, b in zip(one, other, strict=True)]
    return part < 1 and all(abs(c - d) <= BLEND_ERROR for c, d in zip(colour, blend, strict=True))


def _ratio(one, other):
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour):
    parts = [value / 255 for value in colour]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
