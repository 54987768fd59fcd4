"""What a visitor may always do with the own data: take it along, and have it wiped."""

import json

import pytest

from signups.models import OutboxMessage, SignUp, State
from tests.factories.hubs import ActivityFactory
from tests.factories.partners import UserFactory
from tests.factories.signups import AttendanceFactory, OutboxMessageFactory, SignUpFactory
from tests.signups import visiting

pytestmark = pytest.mark.django_db


def opened(client, entry, page=""):
    return visiting.open_own(client, entry) + page


class TestErase:
    def test_asks_once_and_changes_nothing_before(self, client):
        entry = SignUpFactory()
        answer = client.get(opened(client, entry, "wissen/"))
        assert "Ja, wis mijn gegevens" in answer.text
        assert answer["Cache-Control"] == "no-store"
        assert SignUp.objects.get().name == entry.name

    def test_wipes_and_says_so(self, client):
        activity = ActivityFactory(capacity=1)
        entry, waiting = SignUpFactory(activity=activity), SignUpFactory(activity=activity, state=State.WAITING)
        OutboxMessageFactory(sign_up=entry)
        path = opened(client, entry, "wissen/")
        answer = client.post(path)
        assert (answer.status_code, answer["Location"]) == (303, path)
        assert "Je gegevens zijn gewist" in client.get(path).text
        row = SignUp.objects.get(pk=entry.pk)
        assert (row.name, row.email, row.state) == ("", "", State.CANCELLED)
        assert not OutboxMessage.objects.filter(sign_up=entry).exists()
        assert SignUp.objects.get(pk=waiting.pk).state == State.OFFERED

    def test_what_was_typed_goes_from_the_browser_too(self, client):
        entry = SignUpFactory()
        answer = client.post(opened(client, entry, "wissen/"))
        gone = {name: morsel["path"] for name, morsel in answer.cookies.items() if morsel["max-age"] == 0}
        sign_up = f"/agenda/{entry.activity_id}/aanmelden/"
        assert gone == {"posted_nl": sign_up, "posted_en": f"/en{sign_up}"}

    def test_twice_is_once(self, client):
        entry = SignUpFactory()
        path = opened(client, entry, "wissen/")
        assert [client.post(path).status_code for _ in range(2)] == [303, 303]

    @pytest.mark.parametrize("state", State.values)
    def test_the_own_page_leads_there_in_every_state(self, client, state):
        entry = SignUpFactory(state=state)
        path = opened(client, entry)
        assert f'href="{path}wissen/"' in client.get(path).text
        client.post(path + "wissen/")
        assert f'href="{path}wissen/"' not in client.get(path).text


class TestOwnData:
    def test_a_file_with_all_of_it(self, client):
        entry = SignUpFactory(remarks="Rolstoel")
        answer = client.get(opened(client, entry, "gegevens.json"))
        assert answer["Content-Disposition"] == 'attachment; filename="mijn-gegevens.json"'
        assert answer["Cache-Control"] == "no-store"
        values = {name: value for row in json.loads(answer.text)["personal"] for name, value in row.items()}
        assert (values["name"], values["email"], values["remarks"]) == (entry.name, entry.email, "Rolstoel")

    def test_not_before_the_address_is_proven(self, client):
        entry = SignUpFactory(state=State.REQUESTED)
        assert client.get(opened(client, entry, "gegevens.json")).status_code == 404
        assert "gegevens.json" not in client.get(opened(client, entry)).text

    def test_no_address_of_who_entered_it_or_noted_who_came(self, client):
        staff = UserFactory(name="", email="medewerker@voorbeeld.example")
        entry = SignUpFactory(taken_by=staff)
        AttendanceFactory(sign_up=entry, noted_by=staff)
        text = client.get(opened(client, entry, "gegevens.json")).text
        assert "medewerker@" not in text
        assert text.count('"een medewerker"') == 2

    def test_nothing_after_it_is_wiped(self, client):
        entry = SignUpFactory()
        client.post(opened(client, entry, "wissen/"))
        assert client.get(f"/aanmelding/s/{entry.uuid}/gegevens.json").status_code == 404


@pytest.mark.parametrize("page", ["wissen/", "gegevens.json"])
def test_without_the_link_it_does_not_exist(client, page):
    entry = SignUpFactory()
    for answer in (client.get, client.post):
        assert answer(f"/aanmelding/s/{entry.uuid}/{page}").status_code in {404, 405}
    opened(client, SignUpFactory())
    assert client.get(f"/aanmelding/s/{entry.uuid}/{page}").status_code == 404
    assert SignUp.objects.get(pk=entry.pk).name
