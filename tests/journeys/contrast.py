"""Contrast of text whose ground a checker cannot tell (on drawings, beside pictures): judged by the pixels shown."""

from io import BytesIO

from PIL import Image

NORMAL, LARGE = 4.5, 3.0  # WCAG 1.4.3
LARGE_PX, LARGE_BOLD_PX, BOLD = 24, 18.66, 700
GROUND_SHARE = 0.1  # a colour that fills less of the box is the edge of a letter or a thin line

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
    grounds = [c for number, c in crop.getcolors(size) or () if number >= GROUND_SHARE * size and c != own]
    return min((_ratio(own, ground) for ground in grounds), default=21.0)


def _ratio(one, other):
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour):
    parts = [value / 255 for value in colour]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
