"""The rich text editor under the strict Content-Security-Policy. Only pages with an editor get the exceptions."""

from typing import Any, Final

from csp.constants import NONCE
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator

from content.admin.versioned import VersionedAdmin

# Tiptap puts one stylesheet into the page. The hash of its text changes with an upgrade; a browser test notices.
TIPTAP_STYLE: Final = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"
EXCEPTIONS: Final = {"script-src": [NONCE], "style-src": [TIPTAP_STYLE]}


class EditorAdmin(VersionedAdmin):
    """For models with a RichTextField; all of those are versioned."""

    class Media:
        js = ["backoffice/editor.js"]

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
