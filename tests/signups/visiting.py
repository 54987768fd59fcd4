"""What the tests of the pages share: a filled-in form, and the way a browser posts it. No test lives here."""

from datetime import timedelta

from content import clock, tokens
from signups import submit_token
from signups.consent import CONSENT_VERSION
from signups.models import Kind


def token_for(activity, kind=Kind.PERSON, seconds_ago=60):
    """The hidden field of a page that was opened a while ago."""
    form = submit_token.form_name(activity.pk, kind)
    return submit_token.make(form, now=clock.now() - timedelta(seconds=seconds_ago))


def person(activity, **given):
    """The fields of someone from 16."""
    fields = {
        "participant_name": "Leerling 0417",
        "age_band": "from_16",
        "email": "leerling@voorbeeld.example",
        "privacy": "on",
        "submit_token": token_for(activity),
    }
    return fields | given


def under_16(activity, **given):
    """The fields of someone under 16."""
    guardian = {"age_band": "under_16", "guardian_name": "Ouder 12", "guardian_email": "Ouder12@Voorbeeld.example"}
    return person(activity) | guardian | {"email": ""} | given


def school_class(activity, **given):
    """The fields of a class."""
    fields = {
        "school_other": "De Voorbeeldschool",
        "class_name": "2B",
        "pupils": "20",
        "adults": "2",
        "contact_name": "Docent 12",
        "email": "docent@voorbeeld.example",
        "privacy": "on",
        "submit_token": token_for(activity, Kind.CLASS),
    }
    return fields | given


def link(entry):
    """The path in the mail."""
    token = tokens.make(tokens.Claim(tokens.Purpose.SIGN_UP, entry.uuid, entry.token_version))
    return f"/aanmelding/{token}/"


def open_own(client, entry):
    """Click the link in the mail; the path of the own page."""
    answer = client.get(link(entry))
    assert answer.status_code == 302
    return answer["Location"]


def act(client, entry, action):
    """Press one of the buttons; the page that follows."""
    answer = client.post(open_own(client, entry), {"action": action, "consent_version": CONSENT_VERSION})
    assert answer.status_code == 303
    return client.get(answer["Location"])
