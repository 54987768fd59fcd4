"""Reads the environment into typed values, with defaults that are safe in production. Decides nothing about Django."""

import os
import secrets
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import SplitResult, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from mkbdeal.embedded import addresses

BASE_DIR: Final = Path(__file__).resolve().parent.parent
SERVERS: Final = {"postgres": "DATABASE_URL", "valkey": "REDIS_URL"}

# The environment as django-environ reads it: env.read.str("NAME", default="…"), .int, .bool, .list.
read: Final = environ.Env()

Process = Literal["web", "task", "command"]
STATEMENT_TIMEOUT_MS: Final[dict[Process, int]] = {"web": 5_000, "task": 60_000, "command": 0}
LOCK_TIMEOUT_MS: Final = 3_000
SHORTEST_SECRET: Final = 32
POSTGRES_SCHEMES: Final = {"postgres", "postgresql", "pgsql"}


def data_folder() -> Path:
    """Where the embedded servers, the uploads and the generated secrets live; always absolute."""
    return (BASE_DIR / read.str("PORTAL_DATA", default=".data")).resolve()


def erasure_ledger(data: Path) -> Path:
    """The file that remembers erasures across a restore; never in a backup of the database."""
    return Path(read.str("ERASURE_LEDGER", default=str(data / "erasures"))).resolve()


def absent_servers() -> set[str]:
    """The servers for which no URL is given, so that the embedded ones are used: of "postgres" and "valkey"."""
    return {server for server, variable in SERVERS.items() if not os.environ.get(variable)}


def is_production() -> bool:
    """A database of one's own: then nothing is made up, what is missing is named and refused."""
    return bool(os.environ.get("DATABASE_URL"))


def require(name: str, meaning: str) -> None:
    """Raises ImproperlyConfigured, naming the variable, where production lacks it."""
    if is_production() and not os.environ.get(name):
        raise ImproperlyConfigured(f"{name} must be set: {meaning}.")


def process() -> Process:
    """What kind of process this is. The entry points of web server and worker say so; all else is a command."""
    match os.environ.get("PORTAL_PROCESS"):
        case "web":
            return "web"
        case "task":
            return "task"
        case _:
            return "command"


def enter(kind: Process) -> None:
    """Called first by an entry point: notes the kind of process and refuses to start without servers.

    Raises ImproperlyConfigured unless the URLs are given or `serve`, which keeps the embedded servers, started us.
    """
    os.environ["PORTAL_PROCESS"] = kind
    if os.environ.get("PORTAL_SERVE") != "1" and (absent := absent_servers()):
        names = " and ".join(sorted(SERVERS[server] for server in absent))
        raise ImproperlyConfigured(f"{names} must be set. Only `make serve` starts the embedded servers.")


def database() -> dict[str, Any]:
    """Django's settings of the one database; raises ImproperlyConfigured for anything but PostgreSQL."""
    url = os.environ.get("DATABASE_URL") or addresses.database_url(data_folder())
    if urlsplit(url).scheme not in POSTGRES_SCHEMES:
        raise ImproperlyConfigured("DATABASE_URL must be a postgres:// URL: the portal works on PostgreSQL only.")
    config: dict[str, Any] = dict(environ.Env.db_url_config(url))
    options = config.setdefault("OPTIONS", {})
    config["HOST"] = options.pop("host", config["HOST"])
    timeouts = f"-c statement_timeout={STATEMENT_TIMEOUT_MS[process()]} -c lock_timeout={LOCK_TIMEOUT_MS}"
    options.setdefault("options", timeouts)
    options.setdefault("connect_timeout", 3)
    return {**config, "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}


def redis_url() -> str:
    """The broker's URL: redis://, rediss:// or unix://."""
    return os.environ.get("REDIS_URL") or addresses.redis_url(data_folder())


def secret(name: str, *, unlike: str = "") -> str:
    """A secret: from the environment, or on the embedded database made once and kept in the data folder.

    Raises ImproperlyConfigured, naming the variable, where production lacks it, or where it is short or a known one.
    """
    require(name, "a long random text that stays secret")
    value = os.environ.get(name) or _generated(data_folder() / "secrets" / name.lower())
    if len(value) < SHORTEST_SECRET:
        raise ImproperlyConfigured(f"{name} must have at least {SHORTEST_SECRET} characters.")
    if value == unlike:
        raise ImproperlyConfigured(f"{name} must be another text than the other secret.")
    return value


def _generated(path: Path) -> str:
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        return _generate(path)
    except OSError as error:
        raise ImproperlyConfigured(f"The data folder cannot be read: {error}.") from error


def _generate(path: Path) -> str:
    addresses.make_data_folder(path.parent.parent)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_text(secrets.token_urlsafe(64))
    try:
        os.link(fresh, path)  # unlike a rename it never replaces what another process made in the same moment
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return path.read_text().strip()


def number(name: str, default: int) -> int:
    """A whole number; raises ImproperlyConfigured for anything else."""
    try:
        return int(read.int(name, default=default))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number.") from error


def site_url() -> SplitResult:
    """The address under which visitors know the portal; raises ImproperlyConfigured when it is no web address."""
    require("SITE_URL", "the address under which visitors know the portal, such as https://portal.example")
    port = number("PORT", 8000)
    url = urlsplit(read.str("SITE_URL", default=f"http://127.0.0.1:{port}").rstrip("/"))
    if url.scheme not in {"http", "https"} or not url.hostname or url.path or url.query or url.fragment:
        raise ImproperlyConfigured("SITE_URL must look like https://portal.example, without a path.")
    return url


def allowed_hosts(site: SplitResult) -> list[str]:
    """The Host headers that are answered: the site's own, and this machine's names while that is where it runs."""
    own = site.hostname or ""
    local = ["127.0.0.1", "localhost", "[::1]"] if own in {"127.0.0.1", "localhost"} else []
    return read.list("ALLOWED_HOSTS", default=sorted({own, *local}))


def mail(folder: Path) -> dict[str, Any]:
    """Django's mail settings; embedded without EMAIL_URL mails go to files, so that none leaves by accident."""
    require("EMAIL_URL", "the mail server, such as smtp+tls://user:password@mail.example:587")
    if os.environ.get("EMAIL_URL"):
        return dict(read.email_url("EMAIL_URL"))
    return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": folder}
