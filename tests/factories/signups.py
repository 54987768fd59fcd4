"""Factories for the models of sign-ups. Rows as they stand in the database, without the decisions of signups.domain."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import factory
from django.db.models import Max
from factory.django import DjangoModelFactory

from hubs.models import Activity, Audience
from signups.domain.application import Application
from signups.models import (
    LIVE,
    AgeBand,
    Attendance,
    DateInterest,
    Ending,
    Kind,
    Letter,
    MailKind,
    OutboxMessage,
    Proof,
    SignUp,
    State,
)
from tests.factories.hubs import ActivityFactory, EducationLevelFactory

NEXT_CENTURY = datetime(2099, 11, 1, 9, 0, tzinfo=UTC)
LONG_AGO = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


def _next_number(activity: Activity) -> int:
    last = SignUp.objects.filter(activity=activity).aggregate(last=Max("queue_number"))["last"]
    return (last or 0) + 1


class SignUpFactory(DjangoModelFactory):
    """A person from 16 with a certain, proven seat.

    `state=` sets what belongs to that state: `requested` is unproven, `waiting` and `offered` are proven (with
    `proven_at=None, proof=""` a waiting entry is not), `cancelled` and `expired` have ended. `under_16=True` has a
    guardian, `class_of=25` is a class.
    """

    class Meta:
        model = SignUp

    class Params:
        under_16 = factory.Trait(
            age_band=AgeBand.UNDER_16,
            contact_name=factory.Sequence("Ouder {}".format),
            audience=Audience.PUPIL,
            proof=factory.Maybe("is_proven", Proof.GUARDIAN, ""),
            consent_version=factory.Maybe("is_proven", "2026-11", ""),
        )
        class_of = 0
        is_proven = factory.LazyAttribute(lambda entry: entry.state != State.REQUESTED)

    activity = factory.SubFactory(ActivityFactory)
    kind = factory.LazyAttribute(lambda entry: Kind.CLASS if entry.class_of else Kind.PERSON)
    state = State.CONFIRMED
    queue_number = factory.LazyAttribute(lambda entry: _next_number(entry.activity))
    told_revision = factory.LazyAttribute(lambda entry: entry.activity.revision)

    name = factory.Sequence(lambda n: f"Leerling {n + 1000}")  # never the 0417 of the forms
    email = factory.Sequence("aanmelder{}@voorbeeld.example".format)
    age_band = factory.LazyAttribute(lambda entry: "" if entry.class_of else AgeBand.FROM_16)
    contact_name = factory.LazyAttribute(lambda entry: "Docent" if entry.class_of else "")
    pupils = factory.LazyAttribute(lambda entry: entry.class_of or None)
    adults = factory.LazyAttribute(lambda entry: 2 if entry.class_of else None)
    seats = factory.LazyAttribute(lambda entry: entry.class_of or 1)
    submit_token = factory.LazyFunction(uuid4)
    fields_digest = factory.Sequence("{:064d}".format)

    proof_expires_at = NEXT_CENTURY
    proven_at = factory.LazyAttribute(lambda entry: LONG_AGO if entry.is_proven else None)
    proof = factory.LazyAttribute(lambda entry: Proof.OWN_LINK if entry.is_proven else "")
    offer_expires_at = factory.LazyAttribute(lambda entry: NEXT_CENTURY if entry.state == State.OFFERED else None)
    ended_at = factory.LazyAttribute(lambda entry: None if entry.state in LIVE else LONG_AGO)
    ending = factory.LazyAttribute(
        lambda entry: "" if entry.state in LIVE else Ending.OWN if entry.state == State.CANCELLED else Ending.NOT_PROVEN
    )

    @classmethod
    def _create(cls, model_class: type[SignUp], *args: Any, **kwargs: Any) -> SignUp:
        entry: SignUp = super()._create(model_class, *args, **kwargs)
        entry.refresh_from_db()
        entry.activity.refresh_from_db()  # the trigger counted
        return entry


class AttendanceFactory(DjangoModelFactory):
    """One person of the sign-up came to its first meeting; `number=0` none of them."""

    class Meta:
        model = Attendance

    sign_up = factory.SubFactory(SignUpFactory)
    meeting = factory.LazyAttribute(lambda note: note.sign_up.activity.meetings.first())
    number = 1


class LetterFactory(DjangoModelFactory):
    """What staff wrote to one address; its mail is yet to be made."""

    class Meta:
        model = Letter

    activity = factory.SubFactory(ActivityFactory)
    subject = "Neem dichte schoenen mee"
    text = "In de hal liggen krullen.\n\nTot dan!"
    receivers = 1
    written_at = LONG_AGO
    submit_token = factory.LazyFunction(uuid4)


class OutboxMessageFactory(DjangoModelFactory):
    """A mail that is due; `kind=MailKind.LETTER` comes with its letter."""

    class Meta:
        model = OutboxMessage

    sign_up = factory.SubFactory(SignUpFactory)
    kind = MailKind.CONFIRMED
    letter = factory.Maybe(
        factory.LazyAttribute(lambda message: message.kind == MailKind.LETTER),
        factory.SubFactory(LetterFactory, activity=factory.SelfAttribute("..sign_up.activity")),
        None,
    )
    dedupe_key = factory.LazyFunction(lambda: str(uuid4()))


class ApplicationFactory(factory.Factory):
    """What a person from 16 filled in; `kind=Kind.CLASS, pupils=25, adults=2` for a class."""

    class Meta:
        model = Application

    kind = Kind.PERSON
    name = factory.Sequence("Leerling {:04d}".format)
    email = factory.Sequence("aanmelder{}@voorbeeld.example".format)
    language = "nl"
    submit_token = factory.LazyFunction(uuid4)
    age_band = factory.LazyAttribute(lambda form: AgeBand.FROM_16 if form.kind == Kind.PERSON else "")


class DateInterestFactory(DjangoModelFactory):
    """Somebody of a level who could come in November 2099; proven, so that dates are told. `email=""` for none."""

    class Meta:
        model = DateInterest

    education_level = factory.SubFactory(EducationLevelFactory)
    from_on = date(2099, 11, 1)
    until_on = date(2099, 11, 30)
    email = factory.Sequence("wens{}@voorbeeld.example".format)
    proof_expires_at = factory.LazyAttribute(lambda interest: NEXT_CENTURY if interest.email else None)
    proven_at = factory.LazyAttribute(lambda interest: LONG_AGO if interest.email else None)
