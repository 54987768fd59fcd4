"""Codes in every text, over every address of the back office: they are shown as text, also in previews of mails."""

import re

import pytest

from content.models import PublicationState
from hubs.models import Hub, Meeting, Programme
from signups.models import Letter, MailKind, SignUp
from tests.factories.partners import OfficeUserFactory, PartnerFactory
from tests.factories.signups import SignUpFactory
from tests.mkbdeal.isolation import patterns, world

pytestmark = pytest.mark.django_db
LIVE, SHOWN = "<b zz>", "&lt;b zz&gt;"
EVERYBODY = ["coming_person", "coming_class", "waiting_person", "waiting_class"]


@pytest.fixture
def activity():
    """All texts that a partner, a colleague and a visitor can write hold a code; visitors see the date."""
    partner = PartnerFactory(name=f"{LIVE} partner", summary=LIVE)
    made = world(partner, mark=LIVE)
    hub, programme = made.programme.hub, made.programme
    told = {"contact_function": LIVE, "street": LIVE, "opening": LIVE, "accessibility": LIVE}
    Hub.objects.filter(pk=hub.pk).update(state=PublicationState.PUBLISHED, **told)
    texts = {"preparation": LIVE, "clothing": LIVE}
    Programme.objects.filter(pk=programme.pk).update(state=PublicationState.PUBLISHED, **texts)
    Meeting.objects.filter(activity=made).update(place=LIVE)
    type(made).objects.filter(pk=made.pk).update(for_classes=True)
    SignUpFactory(activity=made, class_of=2, name=LIVE, contact_name=LIVE, school_other=LIVE, phone=LIVE, email="")
    made.refresh_from_db()
    return made


@pytest.fixture
def office(client):
    client.force_login(OfficeUserFactory(name=f"{LIVE} bureau"))
    return client


def pages(client, activity):
    """The text of every page that can be opened, by path; each sort of mail in both languages."""
    found = {}
    for route, model in patterns():
        if route.startswith("^") or "(?P" in route:
            continue
        of_date = {"activity_id": activity.pk, "activity_ids": activity.pk, "meeting_id": activity.meetings.get().pk}
        keys = [row.pk for row in model._default_manager.order_by("-pk")[:2]] if model and "object_id" in route else [1]
        for key, kind in [(key, kind) for key in keys for kind in (MailKind.values if "<str:kind>" in route else [""])]:
            given = {**of_date, "programme_id": activity.programme_id, "kind": kind, "language": "nl", "object_id": key}
            given["uuid"] = SignUp.objects.filter(activity=activity).first().uuid
            path = "/beheer/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda m, of=given: str(of.get(m[1], "x")), route)
            answer = client.get(path, follow=True)
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                found[path] = answer.content.decode()
    return found


class TestWhatIsTypedIsText:
    def test_on_every_page(self, office, activity):
        found = pages(office, activity)
        assert [path for path, html in found.items() if LIVE in html] == []
        told = {path for path, html in found.items() if SHOWN in html}
        assert len(told) > 40, sorted(told)
        for part in ("/berichten/", "/beller/", "/deur/", "/afgelasten/", "/history/", "/voorbeelden/"):
            assert any(part in path for path in told), part

    def test_in_the_preview_of_a_letter(self, office, activity):
        typed = dict.fromkeys(("subject", "text", "subject_en", "text_en"), f"{LIVE} <form action=x><input name=y>")
        SignUpFactory(activity=activity, language="en", name=LIVE)
        address = f"/beheer/signups/deelnemers/{activity.pk}/berichten/"
        fields = {**typed, "to": EVERYBODY, "step": "preview"}
        shown = office.post(address, fields).content.decode()
        html = office.post(f"{address}opmaak/nl/", fields).content.decode()
        for page in (shown, html):
            assert LIVE not in page
            assert "<form action" not in page
            assert page.count(SHOWN) > 5

    def test_a_letter_with_a_form_in_its_text_goes_out(self, office, activity):
        """A form that is live in the preview ends the one around it: the button then sends nothing."""
        typed = {"subject": "Kom je?", "text": "<form action=x><input name=step value=change></form> Tot dan!"}
        address = f"/beheer/signups/deelnemers/{activity.pk}/berichten/"
        fields = {**typed, "to": EVERYBODY, "step": "preview"}
        preview = office.post(address, fields).content.decode()
        form = re.search(r'<form method="post">(.*?)</form>', preview, re.DOTALL)[1]
        assert 'name="step" value="send"' in form
        token = re.search(r'name="submit_token" value="([^"]+)"', form)[1]
        office.post(address, {**fields, "step": "send", "submit_token": token})
        assert Letter.objects.filter(**typed, receivers=1).exists()
