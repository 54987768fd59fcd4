"""Logging in, forgetting one's password, and what happens when somebody guesses or a server is away."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache

from content import clock
from mkbdeal.cache import ForgivingCache
from partners.domain import attempts
from partners.models import Attempt, User
from tests.factories.partners import OfficeUserFactory, UserFactory
from tests.logging_in import StaffClient, add_app, code, mails
from tests.silence import silent_server

PASSWORD = "een-lang-wachtwoord"
pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return OfficeUserFactory(password=PASSWORD)


def log_in(client, email, password=PASSWORD, onward=""):
    return client.post(f"/account/login/{onward}", {"login": email, "password": password})


def text(answer):
    return answer.content.decode()


class TestLoggingIn:
    def test_with_capitals_and_spaces(self, client, user):
        assert log_in(client, f" {user.email.upper()} ")["Location"] == "/beheer/"

    def test_leads_on_after_the_code(self, client, user):
        add_app(user)
        assert log_in(client, user.email, onward="?next=/beheer/hubs/hub/").status_code == 302
        answer = client.post("/account/tweede-stap/code/", {"code": code()})
        assert answer["Location"] == "/beheer/hubs/hub/"

    @pytest.mark.parametrize("onward", ["//elders.example/", "https://elders.example", "javascript:alert(1)"])
    def test_leads_nowhere_else(self, client, user, onward):
        add_app(user)
        log_in(client, user.email, onward=f"?next={onward}")
        assert client.post("/account/tweede-stap/code/", {"code": code()})["Location"] == "/beheer/"

    def test_says_the_same_of_everybody(self, client, user):
        gone = UserFactory(password=PASSWORD, is_active=False)
        said = {
            re.sub(r'value="[^"]*"', "", text(log_in(StaffClient(), email, "verkeerd-wachtwoord")))
            for email in (user.email, gone.email, "niemand@voorbeeld.example")
        }
        assert len(said) == 1

    def test_costs_as_much_for_everybody(self, user, monkeypatch):
        """Hashing takes some fifty times as long as all the rest; A5 of the proof measures the whole."""
        encode, hashed = Argon2PasswordHasher.encode, []
        monkeypatch.setattr(Argon2PasswordHasher, "encode", lambda *args: hashed.append(1) or encode(*args))
        verify = Argon2PasswordHasher.verify
        monkeypatch.setattr(Argon2PasswordHasher, "verify", lambda *args: hashed.append(1) or verify(*args))
        costs = []
        for email in (user.email, "niemand-2@voorbeeld.example"):
            hashed.clear()
            log_in(StaffClient(), email, "verkeerd-wachtwoord")
            costs.append(len(hashed))
        assert costs == [1, 1]

    def test_nobody_registers(self, client):
        assert client.get("/account/signup/").status_code == 404
        assert client.get("/account/email/").status_code == 404

    def test_deactivation_bites_at_the_next_request(self, client, user):
        client.force_login(user)
        assert client.get("/beheer/").status_code == 200
        User.objects.filter(pk=user.pk).update(is_active=False)
        assert client.get("/beheer/").status_code == 302
        assert log_in(client, user.email)["Location"] == "/account/staat-uit/"


class TestGuessing:
    def test_ends_and_the_owner_is_told_once(self, user):
        for _time in range(8):
            answer = log_in(StaffClient(), user.email, "verkeerd-wachtwoord")
        assert "Te veel verkeerde pogingen" in text(answer)
        assert "Te veel verkeerde pogingen" in text(log_in(StaffClient(), user.email))
        (told,) = mails(1)
        assert told.to == [user.email]
        assert "http://127.0.0.1:8000/account/wachtwoord/vergeten/" in told.body

    def test_of_no_account_tells_nobody(self):
        for _time in range(6):
            answer = log_in(StaffClient(), "niemand-3@voorbeeld.example", "verkeerd-wachtwoord")
        assert "Te veel verkeerde pogingen" in text(answer)
        time.sleep(0.2)
        mails(0)

    def test_of_many_locks_nobody_out_at_the_same_school(self, client, user):
        """One address for all: what somebody tries on other accounts, or once on this, refuses nobody."""
        for number in range(12):
            answer = log_in(client, f"n{number}@voorbeeld.example", "verkeerd-wachtwoord")
        assert "horen niet bij elkaar" in text(answer)
        log_in(client, user.email, "verkeerd-wachtwoord")
        assert log_in(client, user.email)["Location"] == "/beheer/"
        mails(0)

    def test_of_many_from_one_address_is_slowed_and_no_owner_is_told_what_is_not_true(self, client, user, settings):
        settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/m/ip"}
        told = [
            re.sub(r'value="[^"]*"', "", text(log_in(client, email, "verkeerd-wachtwoord")))
            for email in ("n@voorbeeld.example", "n@voorbeeld.example", user.email, user.email, "n@voorbeeld.example")
        ]
        assert "Vanaf dit netwerk komen te veel verkeerde pogingen" in told[3]
        assert told[3] == told[4], "an address that is not known is told the same"
        time.sleep(0.2)
        mails(0)

    def test_from_one_address_ends(self, client):
        answers = [log_in(client, "a@b.example", "").status_code for _ in range(121)]
        assert answers[-2:] == [200, 429]
        assert client.post("/account/login/")["Retry-After"]

    def test_a_forged_header_changes_nothing(self, client, settings):
        settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}
        for number in range(4):
            headers = {"X-Forwarded-For": f"198.51.100.{number}"}
            answer = client.post("/account/login/", {"login": "a@b.example"}, headers=headers)
        assert answer.status_code == 429

    def test_no_address_of_a_visitor_is_readable_in_the_cache(self, client, user):
        address = client.defaults["REMOTE_ADDR"]
        log_in(client, user.email, "verkeerd-wachtwoord")
        keys = b" ".join(cache._cache.get_client().keys("*rl*"))
        assert b"login" in keys
        assert address.encode() not in keys
        assert user.email.encode() not in keys

    def test_ends_again_after_five_minutes(self, client, user):
        for _time in range(6):
            log_in(StaffClient(), user.email, "verkeerd-wachtwoord")
        Attempt.objects.update(tried_at=clock.now() - attempts.PASSWORDS.period)
        assert log_in(client, user.email)["Location"] == "/beheer/"

    def test_who_logs_in_has_no_fewer_attempts(self, user):
        log_in(StaffClient(), user.email, "verkeerd-wachtwoord")
        for _time in range(6):
            assert log_in(StaffClient(), user.email)["Location"] == "/beheer/"
        assert Attempt.objects.count() == 1, "and a right password does not take away what was wrong before"

    def test_a_new_password_ends_the_wait(self, client, user):
        for _time in range(6):
            log_in(StaffClient(), user.email, "verkeerd-wachtwoord")
        mails(1).clear()
        choose(client, user, "een-heel-ander-wachtwoord")
        assert log_in(client, user.email, "een-heel-ander-wachtwoord")["Location"] == "/beheer/"


def change(client, old, new):
    return client.post("/account/wachtwoord/", {"oldpassword": old, "password1": new, "password2": new})


def choose(client, user, password):
    """Ask for the mail, follow its link, post the new password."""
    client.post("/account/wachtwoord/vergeten/", {"email": user.email})
    link = re.search(r"http://127\.0\.0\.1:8000(\S+)", mails(1)[0].body)[1]
    page = client.get(link)["Location"]
    return client.post(page, {"password1": password, "password2": password})


class TestForgetting:
    def test_a_new_password_by_mail(self, client, user):
        client.force_login(user)
        visitor = StaffClient()
        assert choose(visitor, user, "een-heel-ander-wachtwoord")["Location"] == "/account/wachtwoord/nieuw/klaar/"
        assert client.get("/beheer/").status_code == 302, "sessions from before are over"
        answer = log_in(visitor, user.email, "een-heel-ander-wachtwoord")
        assert answer["Location"] == "/account/tweede-stap/code/", "reading somebody's mail is not enough"
        assert not EmailAddress.objects.exists(), "the library keeps no address of its own"

    def test_the_link_works_once_and_names_our_own_host(self, client, user, settings):
        settings.ALLOWED_HOSTS = ["*"]
        client.post("/account/wachtwoord/vergeten/", {"email": user.email}, headers={"host": "elders.example"})
        body = mails(1)[0].body
        assert "elders.example" not in body
        link = re.search(r"http://127\.0\.0\.1:8000(\S+)", body)[1]
        page = client.get(link)["Location"]
        new = {"password1": "een-heel-ander-wachtwoord", "password2": "een-heel-ander-wachtwoord"}
        client.post(page, new)
        assert "Deze link werkt niet" in text(StaffClient().get(link))

    def test_a_weak_password_is_refused(self, client, user):
        assert "Fout:" in text(choose(client, user, "kort"))

    def test_says_the_same_of_every_address(self, client, user):
        answers = [
            client.post("/account/wachtwoord/vergeten/", {"email": email})
            for email in (user.email, "niemand@voorbeeld.example")
        ]
        assert {(answer.status_code, answer["Location"]) for answer in answers} == {
            (302, "/account/wachtwoord/vergeten/verstuurd/")
        }
        assert "geen account" in mails(2)[1].body

    @pytest.mark.parametrize("email", ["bekend@voorbeeld.example", "Onbekend@voorbeeld.example"])
    def test_an_address_is_mailed_three_times_an_hour_also_without_cache(self, client, settings, monkeypatch, email):
        monkeypatch.setattr(ForgivingCache, "_rests_until", 0.0)
        settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:9/0"}}
        OfficeUserFactory(email="bekend@voorbeeld.example")
        answers = [client.post("/account/wachtwoord/vergeten/", {"email": email}) for _ in range(4)]
        assert [answer.status_code for answer in answers] == [302, 302, 302, 200]
        assert "kreeg al drie mails" in text(answers[3])
        assert len(mails(3)) == 3
        Attempt.objects.update(tried_at=clock.now() - attempts.PASSWORD_MAILS.period)
        assert client.post("/account/wachtwoord/vergeten/", {"email": email}).status_code == 302

    @pytest.mark.parametrize("email", ["bekend@voorbeeld.example", "onbekend@voorbeeld.example"])
    def test_a_mail_server_that_is_away_is_said(self, client, settings, email):
        OfficeUserFactory(email="bekend@voorbeeld.example")
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
        answer = client.post("/account/wachtwoord/vergeten/", {"email": email})
        assert answer.status_code == 200
        assert "De mail kon nu niet weg" in text(answer)


class TestWithoutCache:
    @pytest.fixture
    def dead(self, settings, monkeypatch):
        monkeypatch.setattr(ForgivingCache, "_rests_until", 0.0)
        away = {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:9/0"}
        settings.CACHES = {"default": away}

    @pytest.mark.usefixtures("dead")
    def test_one_logs_in_when_it_is_away(self, client, user):
        add_app(user)
        log_in(client, user.email)
        client.post("/account/tweede-stap/code/", {"code": code()})
        assert client.get("/beheer/").status_code == 200

    @pytest.mark.usefixtures("dead")
    def test_guessing_a_password_ends_and_the_owner_is_told_once(self, user):
        said = [text(log_in(StaffClient(), user.email, "verkeerd-wachtwoord")) for _time in range(7)]
        assert ["horen niet bij elkaar" in one for one in said] == [True] * 5 + [False] * 2
        assert "Te veel verkeerde pogingen" in text(log_in(StaffClient(), user.email))
        assert mails(1)[0].to == [user.email]

    @pytest.mark.usefixtures("dead")
    def test_guessing_codes_ends_and_the_owner_is_told_once(self, client, user):
        add_app(user)
        log_in(client, user.email)
        said = [text(client.post("/account/tweede-stap/code/", {"code": "000000"})) for _time in range(7)]
        assert ["Deze code klopt niet" in one for one in said] == [True] * 5 + [False] * 2
        assert "Te veel verkeerde pogingen" in text(client.post("/account/tweede-stap/code/", {"code": code()}))
        assert client.get("/beheer/").status_code == 302
        assert "met je wachtwoord" in mails(1)[0].body

    @pytest.mark.usefixtures("dead")
    def test_guessing_ends_at_an_open_screen_too(self, client, user):
        """A session with its second factor, where somebody else sat down."""
        client.force_login(user)
        new = {"password1": "een-heel-ander-wachtwoord", "password2": "een-heel-ander-wachtwoord"}
        answers = [
            client.post("/account/wachtwoord/", {"oldpassword": password, **new})
            for password in ["verkeerd-wachtwoord"] * 5 + [PASSWORD]
        ]
        assert "Dit is niet je wachtwoord van nu." in text(answers[4])
        assert "Te veel verkeerde pogingen" in text(answers[5])
        assert "op een apparaat waar je bent ingelogd" in mails(1)[0].body
        assert log_in(StaffClient(), user.email).status_code == 302, "the login has attempts of its own"

    @pytest.mark.usefixtures("dead")
    def test_a_new_password_ends_the_wait_at_an_open_screen_too(self, client, user):
        client.force_login(user)
        for _time in range(6):
            change(client, "verkeerd-wachtwoord", "nog-een-ander-wachtwoord")
        mails(1).clear()
        choose(StaffClient(), user, "een-heel-ander-wachtwoord")
        client.force_login(User.objects.get(pk=user.pk))
        change(client, "een-heel-ander-wachtwoord", "nog-een-ander-wachtwoord")
        assert User.objects.get(pk=user.pk).check_password("nog-een-ander-wachtwoord")

    @pytest.mark.usefixtures("dead")
    def test_a_code_is_still_good_once(self, user):
        add_app(user)
        now = code()
        for expected in (200, 302):
            visitor = StaffClient()
            log_in(visitor, user.email)
            visitor.post("/account/tweede-stap/code/", {"code": now})
            assert visitor.get("/beheer/").status_code == expected

    def test_one_logs_in_when_it_hangs(self, client, user, settings, monkeypatch):
        """A server that takes every connection and answers none: it is waited for once."""
        monkeypatch.setattr(ForgivingCache, "_rests_until", 0.0)
        monkeypatch.setattr("mkbdeal.cache.REST_SECONDS", 3600)
        with silent_server() as server:
            settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": server.url}}
            assert log_in(client, user.email)["Location"] == "/beheer/"
            assert server.calls() == 1

    @pytest.mark.heavy
    @pytest.mark.proof("F3")
    def test_logging_in_takes_a_moment_when_it_hangs(self, client, user, settings, monkeypatch):
        """logging in while the cache hangs within 1.5 s"""
        monkeypatch.setattr(ForgivingCache, "_rests_until", 0.0)
        with silent_server() as server:
            settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": server.url}}
            began = time.monotonic()
            log_in(client, user.email)
            assert time.monotonic() - began < 1.5


def test_changing_ones_password_logs_out_elsewhere(client, user):
    elsewhere = StaffClient()
    for one in (client, elsewhere):
        one.force_login(user)
    new = "een-heel-ander-wachtwoord"
    fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/account/wachtwoord/", fields).status_code == 302
    assert client.get("/beheer/").status_code == 200
    assert elsewhere.get("/beheer/").status_code == 302
    assert "Je wachtwoord is veranderd" in mails(1)[0].body


def test_a_stranger_who_guesses_keeps_nobody_from_changing_it(client, user):
    client.force_login(user)
    for _time in range(6):
        answer = log_in(StaffClient(), user.email, "verkeerd-wachtwoord")
    assert "Te veel verkeerde pogingen" in text(answer)
    new = "een-heel-ander-wachtwoord"
    fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/account/wachtwoord/", fields).status_code == 302
    assert User.objects.get(pk=user.pk).check_password(new)


def test_who_has_no_password_is_led_to_the_mail(client):
    user = OfficeUserFactory()
    assert not user.has_usable_password()
    client.force_login(user)
    answer = client.get("/account/wachtwoord/", follow=True)
    assert answer.redirect_chain[-1][0] == "/account/wachtwoord/vergeten/"
    assert "Je account heeft geen wachtwoord." in text(answer)
    assert choose(client, user, PASSWORD)["Location"] == "/account/wachtwoord/nieuw/klaar/"
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


def test_logging_out_takes_a_post(client, user):
    client.force_login(user)
    assert client.get("/account/uitloggen/").status_code == 200
    assert client.get("/beheer/").status_code == 200
    client.post("/account/uitloggen/")
    assert client.get("/beheer/").status_code == 302
