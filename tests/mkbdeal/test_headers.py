"""The header set is on every answer, whoever gives it."""

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
}


def require_header_set(response, policy=POLICY):
    assert set(response["Content-Security-Policy"].split("; ")) == policy
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/healthz", 200),
        ("/robots.txt", 200),
        ("/hubs", 301),
        ("/bestaat-niet/", 404),
        ("/en/bestaat-niet/", 404),
        ("/beheer/", 302),
        ("/account/login/", 200),
        ("/media/bestaat-niet.webp", 404),
        ("/?q=%00", 400),
    ],
)
def test_every_answer(client, path, status):
    response = client.get(path)
    assert response.status_code == status
    require_header_set(response)


def test_wrong_host(client):
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    require_header_set(response)


def test_wrong_host_on_tls(client, settings):
    """There the redirect of SecurityMiddleware asks for the host first."""
    settings.SECURE_SSL_REDIRECT = True
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    require_header_set(response)


def test_redirect_to_tls(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get("/")
    assert (response.status_code, response["Location"]) == (301, "https://testserver/")
    require_header_set(response)


def test_hsts_on_tls(client, settings):
    settings.SECURE_HSTS_SECONDS = 31536000
    assert client.get("/healthz", secure=True)["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.django_db
def test_failure(monkeypatch):
    def fail(*args):
        raise RuntimeError("on purpose")

    monkeypatch.setattr("mkbdeal.health._database", fail)
    response = Client(raise_request_exception=False).get("/readyz")
    assert response.status_code == 500
    require_header_set(response)


def test_static_file():
    response = Client().get(staticfiles_storage.url("admin/css/base.css"))
    assert response.status_code == 200
    assert response["Cache-Control"] == "max-age=315360000, public, immutable"
    assert "Access-Control-Allow-Origin" not in response
    require_header_set(response)


def test_media_file(client):
    path = Path(settings.MEDIA_ROOT) / "proef.webp"
    path.write_bytes(b"RIFF")
    response = client.get("/media/proef.webp")
    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    assert b"".join(response.streaming_content) == b"RIFF"
    require_header_set(response, {"default-src 'none'", "sandbox"})


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["../secrets/secret_key", "proef.svg", "..%2f..%2fetc/passwd", ".", "proef.webp/x", "a" * 300 + ".webp"]
)
def test_media_gives_out_nothing_else(client, path):
    (Path(settings.MEDIA_ROOT) / "proef.svg").write_text("<svg/>")
    assert client.get(f"/media/{path}").status_code == 404
