"""The rich text editor under the strict Content-Security-Policy. Only pages with an editor get the exceptions."""

from typing import Any, Final

from csp.constants import NONCE
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from content.admin.versioned import VersionedAdmin
from content.richtext import RichTextField

# Tiptap puts one stylesheet into the page. The hash of its text changes with an upgrade; a browser test notices.
TIPTAP_STYLE: Final = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"
WITHOUT_EDITOR: Final = _(
    "Zonder JavaScript zie je hier codes. Een alinea staat tussen <p> en </p>, een tussenkop tussen <h2> en </h2> en "
    "vette tekst tussen <strong> en </strong>. Codes die de site niet kent, gaan weg; de tekst blijft."
)
EXCEPTIONS: Final = {"script-src": [NONCE], "style-src": [TIPTAP_STYLE]}


class EditorAdmin(VersionedAdmin):
    """For models with a RichTextField; all of those are versioned."""

    class Media:
        js = ["backoffice/editor.js", "backoffice/pasting.js"]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Without JavaScript there is no editor but a plain text box: it says how to write in it."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(db_field, RichTextField):
            field.help_text = format_html("{} <noscript>{}</noscript>", field.help_text, WITHOUT_EDITOR)
        return field

    @method_decorator(csp_update(EXCEPTIONS))
    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The editor's import map stands in the page itself: the nonce lets it through."""
        media: Any = context["media"]
        if hasattr(media, "with_nonce"):
            context["media"] = media.with_nonce(str(request.csp_nonce))  # type: ignore[attr-defined]
        return super().render_change_form(request, context, *args, **kwargs)
