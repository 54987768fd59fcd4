"""A visitor who signs up with real mails: the worker sends them, a mail server keeps them. No test lives here."""

from contextlib import contextmanager
from urllib.parse import urlsplit

from django.conf import settings

from mkbdeal.launch.children import Children, commands
from tests.mail_server import link_in, running_mail_server

FILL_SECONDS = 3.1  # the form refuses quicker ones
MOST_STOPS = 80


@contextmanager
def mailing(portal, data):
    """The mail server of a portal whose worker and beat run."""
    port = urlsplit(portal.origin).port
    with running_mail_server() as server:
        environment = {"PORTAL_DATA": str(data), "PORTAL_SERVE": "1", "PORT": str(port), "EMAIL_URL": server.url}
        children = Children(settings.BASE_DIR, environment)
        try:
            for name in ("worker", "beat"):
                children.start(name, commands(port)[name])
            yield server
        finally:
            children.stop()


class Keyboard:
    """Somebody who has no mouse: every field and button is reached by Tab and used from there."""

    def __init__(self, visitor):
        self.page = visitor.page

    def to(self, name, value=""):
        """Tab on to a field by name, or to a button by name and value."""
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            if self._stop() == (name, value) or (not value and self._stop()[0] == name):
                return
        raise AssertionError(f"Tab never comes to {name} {value}")

    def type(self, name, text):
        """Fill in a field; a list takes the option that begins so."""
        self.to(name)
        self.page.keyboard.type(text)

    def choose(self, name, steps=0):
        """Take a radio button, some arrows further down; a single stop is ticked by Space."""
        self.to(name)
        self.page.keyboard.press("Space")
        for _ in range(steps):
            self.page.keyboard.press("ArrowDown")

    def press(self, name="", value=""):
        """Push a button and wait for the page that comes."""
        if name:
            self.to(name, value)
        else:
            self._to_submit()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def _to_submit(self):
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("document.activeElement.matches('main form button[type=submit]')"):
                return
        raise AssertionError("Tab never comes to the button")

    def _stop(self):
        return tuple(self.page.evaluate("[document.activeElement.name ?? '', document.activeElement.value ?? '']"))


def state(page):
    """What the page says of the sign-up."""
    return page.locator("main").get_attribute("data-state")


def open_link(visitor, mail):
    """Click the link in a mail."""
    visitor.page.goto(link_in(mail))
