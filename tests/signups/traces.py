"""Looks for traces of a person wherever the portal keeps something, in every form that a text may take there."""

import base64
import json
import quopri
import re
import subprocess
from email.header import Header
from html import escape
from pathlib import Path
from urllib.parse import quote, quote_plus

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection

from mkbdeal import broker
from mkbdeal.embedded.postgres import BINARIES


def traces(text, *more):
    """Where this text is found: database, Valkey, files of the data folder, and whatever else is given as bytes."""
    places = {
        "database": dump(),
        "sessions": json.dumps([session.get_decoded() for session in Session.objects.all()]).encode(),
        "valkey": _valkey(),
        "media": _files(Path(settings.MEDIA_ROOT)),
        "ledger": _files(Path(settings.ERASURE_LEDGER)),
        "mails": _files(Path(settings.EMAIL_FILE_PATH)),
        **{f"given {number}": given for number, given in enumerate(more)},
    }
    return [name for name, content in places.items() if found(text, content)]


def found(text, content):
    """Is the text in these bytes: plain in any case, base64, quoted-printable, percent-encoded, escaped, or in hex?"""
    joined = re.sub(rb"=?\r?\n[ \t]*", b"", content)
    plain, exact = _forms(text)
    return any(
        any(form.lower() in haystack.lower() for form in plain) or any(form in haystack for form in exact)
        for haystack in (content, joined)
    )


def _forms(text):
    plain, exact = set(), set()
    for case in {text, text.lower(), text.upper(), text.title()}:
        for coded in (case.encode(), case.encode("latin-1", "replace"), case.encode("utf-16-le")):
            plain |= {coded, coded.hex().encode()}
            exact |= {_middle_of_base64(coded, shift) for shift in range(3)}
            plain |= {quopri.encodestring(coded).rstrip(b"=\n"), quopri.encodestring(coded, header=True)}
        plain |= {quote(case).encode(), quote(case, safe="").encode(), quote_plus(case).encode(), escape(case).encode()}
        plain |= {
            json.dumps(case)[1:-1].encode(),
            case.encode("unicode_escape"),
            Header(case, "utf-8", maxlinelen=998).encode().encode(),
        }
    return plain, exact | {form.replace(b"+", b"-").replace(b"/", b"_") for form in exact}


def _middle_of_base64(coded, shift):
    """The part of the base64 that depends on the text alone when `shift` bytes stand before it."""
    whole = base64.b64encode(b"\0" * shift + coded)
    first = -(-shift * 4 // 3)
    return whole[first : (shift + len(coded)) // 3 * 4]


def dump():
    """All of the database, as a backup has it."""
    database = connection.settings_dict
    command = [BINARIES / "pg_dump", "-h", database["HOST"], "-U", database["USER"], database["NAME"]]
    return subprocess.run(command, check=True, capture_output=True).stdout


def _valkey():
    client = broker.client()
    return b"\n".join(key + b" " + (client.dump(key) or b"") for key in client.scan_iter())


def _files(folder):
    paths = [folder, *folder.rglob("*")] if folder.exists() else []
    return b"\n".join(path.name.encode() + path.read_bytes() for path in paths if path.is_file())
