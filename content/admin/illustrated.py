"""The photo of an object: its group in the form, and the nudge that makes the smaller versions at once."""

import logging
from functools import partial
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from content.admin.base import ClosedAdmin
from content.admin.forms import IllustratedForm
from content.admin.groups import Group
from content.tasks import render_photo

logger = logging.getLogger(__name__)

PHOTO: Group = (
    _("Foto"),
    {
        "fields": ["photo", "photo_alt", "photo_alt_en", "photo_credit"],
        "description": _(
            "De foto staat boven aan de pagina, niet in lijsten. Zonder foto staat daar een teken van de site."
        ),
    },
)


class IllustratedAdmin(ClosedAdmin):
    """For models with a photo."""

    form = IllustratedForm

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        super().save_model(request, obj, form, change)
        if obj.photo and "photo" in form.changed_data:
            transaction.on_commit(partial(nudge, obj._meta.label, obj.pk))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """No browser fills in a file again: where the form comes back for whatever reason, it says so at the photo."""
        form = context["adminform"].form
        if context["errors"] and form.files.get(form.add_prefix("photo")) and "photo" not in form.errors:
            form.add_error("photo", gettext("Kies je foto opnieuw: hij is niet bewaard, omdat er nog iets niet klopt."))
        return super().render_change_form(request, context, *args, **kwargs)


def nudge(model_label: str, pk: int) -> None:
    """Best effort: without a broker the sweep does it later, and saving never fails for it."""
    try:
        render_photo.delay(model_label, pk)
    except Exception:  # noqa: BLE001 - whatever the broker's client raises
        logger.warning("The smaller versions of a photo are left to the sweep: the broker is away.")
