"""The environment: production is the default and refuses what it cannot do safely."""

import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from mkbdeal import env

PRODUCTION = {
    "DATABASE_URL": "postgres://portal:geheim@db.example:5433/portal",
    "REDIS_URL": "redis://broker.example/0",
    "SECRET_KEY": "s" * 60,
    "LINK_KEY": "l" * 60,
    "SITE_URL": "https://portal.example",
    "EMAIL_URL": "smtp://mail.example",
}


def import_in_new_process(module, **environment):
    """Import a module as production does; what it wrote to stderr."""
    result = subprocess.run(
        [sys.executable, "-c", f"import {module}"],
        cwd=env.BASE_DIR,
        env={"PATH": "/usr/bin:/bin", "DJANGO_SETTINGS_MODULE": "mkbdeal.settings", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return result.stderr


@pytest.mark.parametrize("missing", sorted(PRODUCTION))
def test_production_names_the_missing_variable(missing, tmp_path):
    environment = {name: value for name, value in PRODUCTION.items() if name != missing}
    error = import_in_new_process("mkbdeal.wsgi", PORTAL_DATA=str(tmp_path), **environment)
    assert f"ImproperlyConfigured: {missing} must be set" in error
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"SECRET_KEY": "s" * 31}, "SECRET_KEY must have at least 32 characters"),
        ({"LINK_KEY": "l" * 31}, "LINK_KEY must have at least 32 characters"),
        ({"LINK_KEY": PRODUCTION["SECRET_KEY"]}, "LINK_KEY must be another text"),
    ],
)
def test_production_refuses_weak_secrets(changed, reason, tmp_path):
    error = import_in_new_process("mkbdeal.wsgi", PORTAL_DATA=str(tmp_path), **{**PRODUCTION, **changed})
    assert f"ImproperlyConfigured: {reason}" in error


def test_production_starts_when_nothing_is_missing(tmp_path):
    (tmp_path / "static").mkdir()
    assert import_in_new_process("mkbdeal.wsgi", PORTAL_DATA=str(tmp_path), **PRODUCTION) == ""


def test_worker_refuses_without_servers():
    assert "DATABASE_URL and REDIS_URL must be set" in import_in_new_process("mkbdeal.worker")


def test_secrets_are_generated_once_and_private(tmp_path, monkeypatch):
    for name in ("SECRET_KEY", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PORTAL_DATA", str(tmp_path / "data"))
    first = env.secret("SECRET_KEY")
    assert len(first) > 60
    assert env.secret("SECRET_KEY") == first
    assert (tmp_path / "data" / "secrets" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_only_postgresql(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:////tmp/portal.sqlite3")
    with pytest.raises(ImproperlyConfigured, match="PostgreSQL only"):
        env.database()


@pytest.mark.parametrize(("kind", "timeout"), [("web", 5000), ("task", 60000), ("command", 0)])
def test_statement_timeout_depends_on_the_process(kind, timeout, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", PRODUCTION["DATABASE_URL"])
    monkeypatch.setenv("PORTAL_PROCESS", kind)
    database = env.database()
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example", 5433, "portal")
    assert database["OPTIONS"]["options"] == f"-c statement_timeout={timeout} -c lock_timeout=3000"


@pytest.mark.parametrize("url", ["portal.example", "ftp://portal.example", "https://portal.example/pad", "https://"])
def test_site_url_must_be_an_address(url, monkeypatch):
    monkeypatch.setenv("SITE_URL", url)
    with pytest.raises(ImproperlyConfigured, match="SITE_URL"):
        env.site_url()


def test_hosts_follow_the_site(monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://portal.example")
    assert env.allowed_hosts(env.site_url()) == ["portal.example"]
    monkeypatch.setenv("ALLOWED_HOSTS", "a.example,b.example")
    assert env.allowed_hosts(env.site_url()) == ["a.example", "b.example"]


def test_port_decides_the_default_address(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("SITE_URL", raising=False)
    monkeypatch.setenv("PORT", "8123")
    assert env.site_url().geturl() == "http://127.0.0.1:8123"


def test_port_must_be_a_number(monkeypatch):
    monkeypatch.setenv("PORT", "acht")
    with pytest.raises(ImproperlyConfigured, match="PORT must be a whole number"):
        env.site_url()
