"""A visitor with a browser that notes everything a page does wrong. No test lives here."""

from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.test import RequestFactory
from django.urls import get_resolver
from django.utils import translation

from tests.journeys.places import LANGUAGES, Place
from tests.looking import note_violations, violations


class Visitor:
    """One window of the browser. `complaints` lists console errors, foreign requests and broken rules of the CSP."""

    def __init__(self, portal, page):
        self.portal = portal
        self.page = page
        self.requests = []
        self._faults = []
        note_violations(page)
        page.on("request", self._note_request)
        page.on("console", self._note_message)
        page.on("pageerror", lambda error: self._faults.append(f"script: {error}"))
        page.on("requestfailed", self._note_failure)

    def open(self, place, language="nl"):
        """Go there; the answer has the status that the place says."""
        if isinstance(place, str):
            place = Place(place, place)
        url = self.portal.url(LANGUAGES[language] + place.path)
        if place.is_staged:
            body, headers = _error_page(place, language)
            self.page.route(url, lambda route: route.fulfill(status=place.status, body=body, headers=headers), times=1)
        answer = self.page.goto(url)
        if place.then:
            answer = self.page.goto(self.page.url + place.then)
        assert answer.status == place.status, f"{url}: {answer.status}"
        return answer

    def complaints(self):
        """Everything noted since the window was opened."""
        foreign = [f"foreign: {r.url}" for r in self.requests if not self._is_own(r.url)]
        return self._faults + foreign + [f"policy: {text}" for text in violations(self.page) or ()]

    def _is_own(self, url):
        parts = urlsplit(url)
        return parts.scheme in {"data", "blob"} or f"{parts.scheme}://{parts.netloc}" == self.portal.origin

    def _note_request(self, request):
        self.requests.append(request)

    def _note_failure(self, request):
        # The browser itself drops what it was still fetching, an icon say, when its visitor walks on.
        if request.failure != "net::ERR_ABORTED":
            self._faults.append(f"failed: {request.url} {request.failure}")

    def _note_message(self, message):
        # Chromium repeats the status of an error page itself as an error.
        if message.type in {"error", "warning"} and message.location["url"] != self.page.url:
            self._faults.append(f"console: {message.text}")


def _error_page(place, language):
    """A page that only a broken portal gives: made by its own handler, sent with the policy of every page."""
    fault = OperationalError("away") if place.status == HTTPStatus.SERVICE_UNAVAILABLE else PermissionDenied("staged")
    handler = get_resolver().resolve_error_handler(min(place.status, HTTPStatus.INTERNAL_SERVER_ERROR))
    request = RequestFactory().get(LANGUAGES[language] + place.path)
    with translation.override(language):
        try:
            raise fault
        except type(fault):
            response = handler(request, *([fault] if place.status == HTTPStatus.FORBIDDEN else []))
    assert response.status_code == place.status
    rules = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
    policy = "; ".join(f"{name} {' '.join(values)}" for name, values in rules)
    return response.content.decode(), {"Content-Type": response["Content-Type"], "Content-Security-Policy": policy}
