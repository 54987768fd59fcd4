"""Applications and the short ways through signups.domain.seats that several tests take. No test lives here."""

from uuid import uuid4

from signups.domain import seats
from signups.domain.application import Application
from signups.models import AgeBand, Kind, OutboxMessage, Proof, SignUp


def person(number=1, **fields):
    given = {
        "kind": Kind.PERSON,
        "name": f"Leerling {number}",
        "email": f"leerling{number}@school.example",
        "language": "nl",
        "submit_token": uuid4(),
        "age_band": AgeBand.FROM_16,
    }
    return Application(**{**given, **fields})


def a_class(number=1, pupils=25, **fields):
    given = {
        "kind": Kind.CLASS,
        "name": f"Klas {number}",
        "email": f"docent{number}@school.example",
        "contact_name": f"Docent {number}",
        "language": "nl",
        "submit_token": uuid4(),
        "pupils": pupils,
        "adults": 2,
    }
    return Application(**{**given, **fields})


def join(activity, application, now, *, proven=True):
    """Sign up, and prove unless told otherwise."""
    entry = seats.sign_up(activity_id=activity.pk, application=application, now=now)
    return prove(entry, now) if proven else entry


def prove(entry, now):
    """By one's own link, or by the guardian's consent."""
    if entry.needs_guardian:
        return seats.prove(sign_up_id=entry.pk, proof=Proof.GUARDIAN, consent_version="2026-11", now=now)
    return seats.prove(sign_up_id=entry.pk, proof=Proof.OWN_LINK, now=now)


def mails(entry):
    return list(OutboxMessage.objects.filter(sign_up=entry).order_by("pk").values_list("kind", flat=True))


def state(entry):
    return SignUp.objects.values_list("state", flat=True).get(pk=entry.pk)
