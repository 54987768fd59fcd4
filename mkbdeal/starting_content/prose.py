"""Turns the light notation of the content files into HTML: paragraphs, `## ` headings, `- ` lists, [links](/adres/)."""

import re
from html import escape

LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
LIST_ITEM = "- "


def to_html(text: str) -> str:
    """Blocks are separated by an empty line; a line break inside a block is only a space."""
    blocks = re.split(r"\n\s*\n", text.strip())
    return "".join(_block(block) for block in blocks if block)


def _block(block: str) -> str:
    for mark, tag in (("### ", "h3"), ("## ", "h2")):
        if block.startswith(mark):
            return f"<{tag}>{_inline(block.removeprefix(mark))}</{tag}>"
    if block.startswith(LIST_ITEM):
        items = re.split(r"(?m)^- ", block)[1:]
        return "<ul>" + "".join(f"<li><p>{_inline(item)}</p></li>" for item in items) + "</ul>"
    return f"<p>{_inline(block)}</p>"


def _inline(text: str) -> str:
    return LINK.sub(r'<a href="\2">\1</a>', escape(" ".join(text.split()), quote=False))
