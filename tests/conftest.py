"""What every test stands on: throw-away servers, the settings of the embedded default, static files."""

import gc
import os
import shutil
import tempfile
from pathlib import Path
from threading import Event

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import translation
from django.utils.module_loading import import_string
from xdist.scheduler import LoadScopeScheduling

from mkbdeal import embedded, env
from mkbdeal.catalogue import compile_catalogues
from tests.looking import note_violations

GROUPS = {
    "tests/journeys/": "the portal and its crawl",
    "tests/mkbdeal/test_isolation": "the walk over the back office",
    "tests/mkbdeal/test_serve": "processes",
    "tests/mkbdeal/test_embedded": "processes",
}
# Before Django reads its settings. A short path: those of the sockets and of the data are derived from it.
DATA = Path(tempfile.mkdtemp(prefix="mkbdeal-tests-"))
DATA.chmod(0o711)  # as root the servers have a user of their own
os.environ["PORTAL_DATA"] = str(DATA)
os.environ["DJANGO_SETTINGS_MODULE"] = "mkbdeal.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs a loop in the thread of the test
os.environ.setdefault("SECRET_KEY", "for-tests-only-" + "0" * 50)
os.environ.setdefault("LINK_KEY", "for-tests-only-" + "1" * 50)
for name in ("SITE_URL", "PORT", "ALLOWED_HOSTS", "TRUSTED_PROXIES", "EMAIL_URL", "PORTAL_PROCESS", "PORTAL_SERVE"):
    os.environ.pop(name, None)
# Looking for objects in circles, among all that is imported too, took an eighth of the time of the tests.
gc.set_threshold(50_000, 20, 50)
if env.is_production():  # servers of one's own need what production needs
    os.environ.update(SITE_URL="http://127.0.0.1:8000", EMAIL_URL="dummymail://")


def pytest_configure(config):
    """Read the settings, now that the environment is complete; pytest-django sets Django up from there.

    The texts are compiled here: Django reads a language once, and a test module may ask for a text when it is imported.
    """
    assert not settings.DEBUG
    if config.getoption("numprocesses", None):  # each worker has servers and settings of its own, and takes them here
        del os.environ["DJANGO_SETTINGS_MODULE"]
    for folder in settings.LOCALE_PATHS:
        compile_catalogues(folder)


def pytest_collection_finish():
    """What is loaded by now stays until the end."""
    gc.freeze()


class InGroups(LoadScopeScheduling):
    """Hands out test after test, and whole groups of what stands on one costly thing; the largest groups come first."""

    def _split_scope(self, nodeid):
        return next((group for start, group in GROUPS.items() if nodeid.startswith(start)), nodeid)


def pytest_xdist_make_scheduler(config, log):
    """Asked for as `--dist loadscope`; xdist's own groups do nothing under this pytest."""
    return InGroups(config, log) if config.getoption("dist") == "loadscope" else None


def pytest_unconfigure():
    """Remove the folder when all is done."""
    shutil.rmtree(DATA, ignore_errors=True)


@pytest.fixture(scope="session")
def servers():
    """PostgreSQL and Valkey, without care for crashes of the machine. Started when the first test needs them."""
    with embedded.running(DATA, env.absent_servers(), durable=False, say=False):
        yield DATA


@pytest.fixture(scope="session")
def django_db_modify_db_settings(servers):
    """Have the servers before the test database is made."""


@pytest.fixture(scope="session", autouse=True)
def _built():
    """What `serve` makes before the start, and templates need."""
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["*.map"])
    # WhiteNoise warns about a folder that is not there, and mail of a test goes nowhere.
    Path(settings.MEDIA_ROOT).mkdir(exist_ok=True)
    # Each client of a test has middleware of its own, which would read all of the folder: a quarter of the time.
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def _dutch():
    """A page under /en/ leaves its language behind in the thread; the next test starts in Dutch."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _own_ledger(settings, tmp_path, monkeypatch):
    """Erasures stay in a file when a test's database is rolled back, so each test has its own; and the gate is open."""
    settings.ERASURE_LEDGER = tmp_path / "erasures"
    opened = Event()
    opened.set()
    monkeypatch.setattr("mkbdeal.gate._opened", opened)


@pytest.fixture
def client(servers):
    """Django's, with a second factor for staff. Imported late: the models come with Django itself."""
    return import_string("tests.logging_in.StaffClient")()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium, without the windows that nobody sees where that is installed; as root without its sandbox."""
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    return {**browser_type_launch_args, "executable_path": program, "args": ["--no-sandbox"]}


@pytest.fixture
def live_server(live_server, settings):
    """Django's; it hands out static files by the names that they have in the tree."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    return live_server


@pytest.fixture
def page(page):
    """Playwright's; each page in it keeps what its policy refused."""
    note_violations(page)
    return page
