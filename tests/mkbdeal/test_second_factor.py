"""A password alone opens the pages of the second factor and nothing else; a code is good once."""

import time
from threading import Barrier, Thread

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver

from mkbdeal.account import codes, second_factor
from mkbdeal.account.codes import SecondFactorAdapter
from partners.models import Attempt
from tests.factories.partners import OfficeUserFactory
from tests.logging_in import SECRET, StaffClient, add_app, code, mails
from tests.test_architecture import routes

PASSWORD = "een-lang-wachtwoord"
pytestmark = pytest.mark.django_db


def account_paths():
    """Every address under /account/ that takes no argument."""
    found = [f"/{route.pattern}" for route in paths(get_resolver().url_patterns, "")]
    return [path for path in found if path.startswith("/account/") and "<" not in path]


def paths(patterns, prefix):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield type("Route", (), {"pattern": f"{prefix}{pattern.pattern}", "name": pattern.name})
        else:
            yield from paths(pattern.url_patterns, f"{prefix}{pattern.pattern}")


def names(allowed):
    return {path for path in account_paths() if any(name(path) == one for one in allowed)}


def name(path):
    return get_resolver().resolve(path).url_name


def log_in(client, user, password=PASSWORD):
    return client.post("/account/login/", {"login": user.email, "password": password})


@pytest.fixture
def user():
    return OfficeUserFactory(password=PASSWORD)


@pytest.mark.parametrize("has_factor", [False, True])
def test_a_password_opens_second_factor_pages_only(client, user, has_factor):
    """Also where the factor was set up in another session after this one began."""
    client.force_password(user)
    if has_factor:
        add_app(user)
    allowed = second_factor.TO_ENTER if has_factor else second_factor.TO_SET_UP
    start = client.get("/account/login/?next=/beheer/")["Location"]
    assert start.startswith("/account/tweede-stap/")
    assert len(account_paths()) > 15
    for path in account_paths():
        for answer in (client.get(path), client.post(path)):
            if name(path) not in allowed and answer.status_code != 405:
                assert (answer.status_code, answer["Location"]) == (302, start.partition("?")[0]), path
            if name(path) == "account_logout":
                client.force_password(user)
    for path in ("/beheer/", "/beheer/partners/user/", "/beheer/jsi18n/", "/beheer/autocomplete/"):
        assert "/login/" in client.get(path)["Location"]
    assert client.get("/").status_code == 200


def test_the_middleware_is_what_closes(client, user, settings):
    """The negative control."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "second_factor" not in name]
    client.force_password(user)
    assert client.get("/beheer/").status_code == 200


def test_a_session_from_before_goes_on_with_a_code(client, user):
    client.force_password(user)
    add_app(user)
    onward = client.get("/account/login/?next=/beheer/hubs/hub/")["Location"]
    assert onward == "/account/tweede-stap/opnieuw/?next=%2Fbeheer%2Fhubs%2Fhub%2F"
    assert client.post(onward, {"code": "000000"}).status_code == 200
    assert client.get("/beheer/").status_code == 302
    assert client.post(onward, {"code": code()})["Location"] == "/beheer/hubs/hub/"
    assert client.get("/beheer/hubs/hub/").status_code == 200


def test_public_pages_read_no_session(client, user):
    client.force_login(user)
    for path in ("/", "/contact/", "/partners/"):
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        asked = " ".join(query["sql"] for query in queries)
        assert "session" not in asked
        assert "authenticator" not in asked


def test_setting_up_an_app_opens_the_rest(client, user):
    client.force_password(user)
    key = client.session.session_key
    secret = client.get("/account/tweede-stap/app/").context["form"].secret
    answer = client.post("/account/tweede-stap/app/", {"code": code(secret=secret)})
    assert answer["Location"] == "/account/tweede-stap/reservecodes/"
    shown = client.get("/account/tweede-stap/reservecodes/")
    assert len(shown.context["unused_codes"]) == 10
    assert set(client.get("/account/tweede-stap/reservecodes/").context["unused_codes"]) == {"****"}
    assert client.get("/beheer/").status_code == 200
    assert client.session.session_key != key


def test_the_code_that_set_it_up_is_used(client, user):
    client.force_password(user)
    secret = client.get("/account/tweede-stap/app/").context["form"].secret
    used = code(secret=secret)
    client.post("/account/tweede-stap/app/", {"code": used})
    other = StaffClient()
    log_in(other, user)
    other.post("/account/tweede-stap/code/", {"code": used})
    assert other.get("/beheer/").status_code == 302


def test_a_code_is_good_once(client, user):
    add_app(user)
    now = code()
    for expected in (200, 302):
        visitor = StaffClient()
        assert log_in(visitor, user)["Location"] == "/account/tweede-stap/code/"
        visitor.post("/account/tweede-stap/code/", {"code": now})
        assert visitor.get("/beheer/").status_code == expected


def test_an_older_code_is_no_good_after_a_newer_one(user):
    factor = add_app(user)
    assert codes.use_once(factor, code(1))
    assert not codes.use_once(factor, code())


def test_without_our_own_memory_a_code_is_good_twice_once_the_cache_forgets(user, monkeypatch):
    """The negative control: the library's own guard lives in the cache."""
    monkeypatch.setattr(codes, "use_once", lambda *_args: True)
    add_app(user)
    now = code()
    for _time in range(2):
        cache.delete(f"allauth.mfa.totp.used?user={user.pk}&code={now}")
        visitor = StaffClient()
        log_in(visitor, user)
        visitor.post("/account/tweede-stap/code/", {"code": now})
        assert visitor.get("/beheer/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_gets_through():
    factor = add_app(OfficeUserFactory())
    now, together, answers = code(), Barrier(12), []

    def use():
        together.wait()
        answers.append(codes.use_once(Authenticator.objects.get(pk=factor.pk), now))
        connection.close()

    threads = [Thread(target=use) for _number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [False] * 11 + [True]


def test_a_recovery_code_is_good_once(client, user):
    client.force_login(user)
    client.post("/account/bevestigen/?next=/account/tweede-stap/", {"password": PASSWORD})
    client.post("/account/tweede-stap/reservecodes/nieuw/")
    spare = client.get("/account/tweede-stap/reservecodes/").context["unused_codes"][0]
    for expected in (200, 302):
        visitor = StaffClient()
        log_in(visitor, user)
        visitor.post("/account/tweede-stap/code/", {"code": spare})
        assert visitor.get("/beheer/").status_code == expected


def test_what_matters_asks_for_the_password_again(client, user):
    client.force_login(user)
    assert client.get("/account/tweede-stap/app/weg/")["Location"].startswith("/account/bevestigen/")
    client.post("/account/tweede-stap/app/weg/")
    assert Authenticator.objects.filter(user=user, type="totp").exists()


def test_without_any_factor_left_one_sets_up_a_new_one(client, user):
    client.force_login(user)
    Authenticator.objects.filter(user=user).delete()
    assert "/login/" in client.get("/beheer/")["Location"]
    assert client.get("/account/collegas/")["Location"] == "/account/tweede-stap/"


def test_the_secret_is_unreadable_in_the_database_and_bound_to_our_key(user, settings):
    stored = add_app(user).data["secret"]
    assert SECRET not in stored
    assert SecondFactorAdapter().decrypt(stored) == SECRET
    settings.SECRET_KEY = "another" * 10
    assert SecondFactorAdapter().decrypt(stored) != SECRET


def test_guessing_codes_ends_and_the_owner_is_told(client, user):
    add_app(user)
    log_in(client, user)
    for _time in range(6):
        answer = client.post("/account/tweede-stap/code/", {"code": "000000"})
    assert "Te veel verkeerde pogingen" in answer.content.decode()
    client.post("/account/tweede-stap/code/", {"code": code()})
    assert client.get("/beheer/").status_code == 302
    (told,) = mails(1)
    assert told.to == [user.email]
    assert "met je wachtwoord" in told.body


def test_a_right_code_is_not_counted_and_a_used_one_is(client, user):
    """Whoever saw a code go by cannot begin to guess anew with it."""
    add_app(user)
    used = code()
    for _time in range(2):
        visitor = StaffClient()
        log_in(visitor, user)
        visitor.post("/account/tweede-stap/code/", {"code": used})
        cache.delete(f"allauth.mfa.totp.used?user={user.pk}&code={used}")
    assert Attempt.objects.count() == 1


def test_what_others_at_the_same_address_did_is_not_told_as_guessing_codes(client, user, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/m/ip"}
    add_app(user)
    log_in(client, user)
    for _time in range(3):
        answer = client.post("/account/tweede-stap/code/", {"code": "000000"})
    assert "Vanaf dit netwerk komen te veel verkeerde pogingen" in answer.content.decode()
    time.sleep(0.2)
    mails(0)


def test_the_qr_code_and_the_pages_fit_the_policy(client, user):
    client.force_password(user)
    html = client.get("/account/tweede-stap/app/").content.decode()
    assert "<svg" in html
    assert "style=" not in html


def test_every_account_page_is_kept_by_nobody(client, user):
    client.force_login(user)
    for path in account_paths():
        assert "no-store" in client.get(path).get("Cache-Control", ""), path


def test_of_the_library_only_our_pages_exist(client):
    found = {route.name: route.callback.__module__ for route in routes(get_resolver().url_patterns)}
    assert not {"account_signup", "account_email", "mfa_download_recovery_codes"} & set(found)
    assert found["account_set_password"] == "mkbdeal.account.views"
