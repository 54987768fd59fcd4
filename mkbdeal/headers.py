"""The security headers of every answer, and the policy that django-csp writes. Nothing else sets them."""

from collections.abc import Callable
from typing import Final

from csp.constants import NONE, SELF
from django.http import HttpRequest, HttpResponseBase

CONTENT_SECURITY_POLICY: Final = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# What browsers let a page use unless told otherwise. The portal uses none of it. Only names that Chromium knows on
# every system: it reports an unknown one (bluetooth, web-share) as an error in the console of each page.
PERMISSIONS_POLICY: Final[dict[str, list[str]]] = {
    feature: []
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "gamepad",
        "geolocation",
        "gyroscope",
        "hid",
        "idle-detection",
        "local-fonts",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "picture-in-picture",
        "screen-wake-lock",
        "serial",
        "storage-access",
        "usb",
        "xr-spatial-tracking",
    )
}

# Django's SecurityMiddleware sets most of these as well, but not on the answers that it gives by itself.
CONSTANT: Final = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",  # no-referrer would break the CSRF check
    "X-Content-Type-Options": "nosniff",
}


def constant_headers(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Outermost middleware: no answer leaves without these headers; a view may set another value for its own page."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in CONSTANT.items():
            response.headers.setdefault(name, value)
        return response

    return middleware
