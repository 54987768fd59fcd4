"""Files as staff send them, and the way of an import through the pages. No test lives here."""

import io
import re
from csv import writer
from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from content.domain.exchange.writing import CONTENT_TYPES


def xlsx(*rows):
    """The first row holds the headings."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def csv(*rows, separator=";", encoding="utf-8-sig"):
    text = io.StringIO()
    writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


def at(text):
    """A moment as Excel holds it: without a time zone."""
    return datetime.fromisoformat(text)


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def upload(client, model, content, name="lijst.xlsx"):
    """The page after choosing the file."""
    file = SimpleUploadedFile(name, content, CONTENT_TYPES["xlsx"])
    return client.post(address(model, "import"), {"file": file}, follow=True)


def confirm(client, page):
    """Press the button on the page of differences."""
    return client.post(page.request["PATH_INFO"], {"seen": page.context["plan"].fingerprint}, follow=True)


def faults(page):
    """(row, column, sentence) of everything that is wrong."""
    plan = page.context["plan"]
    return [("", fault.heading, fault.sentence) for fault in plan.faults] + [
        (row.number, fault.heading, fault.sentence) for row in plan.rows for fault in row.faults
    ]


def taken_in(client, model, content, name="lijst.xlsx"):
    """Import without a fault; the page after it."""
    page = upload(client, model, content, name)
    assert faults(page) == []
    answer = confirm(client, page)
    assert "Ingelezen" in answer.content.decode()
    return answer


def downloaded(client, model, suffix="xlsx", query=None):
    answer = client.get(address(model, f"export_{suffix}"), query)
    assert answer.status_code == 200, answer
    return answer.content


def cells(content, sheet=0):
    """Rows of values of an xlsx."""
    return [list(row) for row in load_workbook(io.BytesIO(content)).worksheets[sheet].iter_rows(values_only=True)]


def sentence(page):
    """What the upload page says is wrong with the file as a whole."""
    found = re.findall(r"<li>([^<]+)</li>", page.content.decode().split("fault-list")[1])
    return found[0]
