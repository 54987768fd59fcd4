"""Signs people and classes up through the domain, and reads what came of it. No test lives here."""

from uuid import uuid4

import pytest

from hubs.models import Activity
from signups.domain import seats
from signups.domain.application import Application
from signups.domain.errors import RefusedError
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


def join(activity, application, now, *, proven=False):
    entry = seats.sign_up(activity_id=activity.pk, application=application, now=now)
    return seats.prove(sign_up_id=entry.pk, proof=Proof.OWN_LINK, now=now) if proven else entry


def counters(activity):
    return Activity.objects.values_list("taken", "waiting").get(pk=activity.pk)


def state(entry):
    return SignUp.objects.get(pk=entry.pk).state


def mails(entry):
    return list(OutboxMessage.objects.filter(sign_up=entry).order_by("pk").values_list("kind", flat=True))


def refusal(call, **arguments):
    with pytest.raises(RefusedError) as caught:
        call(**arguments)
    return caught.value.reason
