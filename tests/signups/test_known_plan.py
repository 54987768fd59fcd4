"""What a receiver is told of meetings that were changed or taken out: what is true now, once, nothing of the past."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from content import clock, dates
from content.domain import history, snapshots
from content.models import Deed
from signups import mails
from signups.domain import notices
from signups.domain.delivery import Outcome, deliver_next
from signups.models import Delivery, MailKind, OutboxMessage, State
from tests.factories.hubs import ActivityFactory, RoomFactory
from tests.factories.partners import UserFactory
from tests.factories.signups import SignUpFactory
from tests.signups.test_notices import tell_all

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
GENERAL = "De tijd of de plek van deze activiteit is veranderd. Hieronder staat hoe het nu is."


@pytest.fixture
def now():
    return clock.now()


def edit(activity, *, out=(), **fields):
    """What staff do in one save: take out these meetings, change those that remain."""
    before = snapshots.stored(activity)
    activity.meetings.filter(starts_at__in=out).delete()
    activity.meetings.update(**fields) if fields else None
    history.record(subject=activity, deed=Deed.CHANGED, by=UserFactory(), now=clock.now(), before=before)


def starts(activity):
    return [meeting.starts_at for meeting in activity.meetings.all()]


def told(entry):
    """What the mail would say if it went out now."""
    for activity_id in notices.activities(clock.now()):
        notices.tell(activity_id=activity_id, now=clock.now())
    message = OutboxMessage.objects.get(sign_up=entry, kind=MailKind.DATE_MOVED)
    return mails.render(message, now=clock.now()).body


class TestTheLastToCome:
    def test_is_told_once_and_leaves_the_calendar(self, now):
        entry = SignUpFactory(activity=ActivityFactory(starts_at=now - 3 * DAY, meetings=2))
        waiting = SignUpFactory(activity=entry.activity, state=State.WAITING)
        before = Calendar.from_ical(mails.calendar_file(entry.activity, now)).walk("VEVENT")
        _past, last = starts(entry.activity)
        edit(entry.activity, out=[last])
        text = told(entry)
        assert text.startswith("Gaat niet door\n")
        assert f"Deze bijeenkomst gaat niet door: {dates.moment(last)}." in text
        assert "Er komen geen bijeenkomsten meer." in text
        assert "meld je daar af" not in text
        tell_all(now)
        assert OutboxMessage.objects.filter(sign_up=waiting, kind=MailKind.DATE_MOVED).count() == 1
        message = OutboxMessage.objects.get(sign_up=entry, kind=MailKind.DATE_MOVED)
        (file,) = mails.render(message, now=now).attachments
        after = Calendar.from_ical(file.content).walk("VEVENT")
        assert [event["UID"] for event in after] == [event["UID"] for event in before]
        assert [event["STATUS"] for event in after] == ["CONFIRMED", "CANCELLED"]

    def test_of_what_has_been_nobody_is_told(self, now):
        entry = SignUpFactory(activity=ActivityFactory(starts_at=now - 10 * DAY, meetings=3))
        past, *_others = starts(entry.activity)
        edit(entry.activity, out=[past])
        tell_all(now)
        entry.refresh_from_db()
        assert entry.told_revision == entry.activity.revision
        assert not OutboxMessage.objects.exists()


class TestMailsThatWaited:
    """The broker was away, and meanwhile more changed."""

    @pytest.fixture
    def entry(self, now):
        return SignUpFactory(activity=ActivityFactory(starts_at=now + 9 * DAY))

    def move(self, entry, by, *, is_swept=True):
        meeting = entry.activity.meetings.get()
        edit(entry.activity, starts_at=meeting.starts_at + by, ends_at=meeting.ends_at + by)
        if is_swept:
            tell_all(clock.now())

    def delivered(self):
        while deliver_next(now=clock.now()) is not Outcome.NOTHING_DUE:
            pass
        return list(OutboxMessage.objects.order_by("pk").values_list("state", flat=True))

    def test_the_newest_tells_all_of_it(self, entry, mail_server):
        (first,) = starts(entry.activity)
        self.move(entry, DAY)
        self.move(entry, DAY)
        assert self.delivered() == [Delivery.DROPPED, Delivery.SENT]
        (mail,) = mail_server.to(entry.email)
        text = mail.get_body(("plain",)).get_content()
        assert f"Eerst was het: {dates.moment(first)}." in text
        assert f"Wanneer: {dates.day(first + 2 * DAY)}" in text

    def test_there_and_back_is_nothing(self, entry, mail_server):
        self.move(entry, DAY)
        self.move(entry, -DAY)
        assert set(self.delivered()) == {Delivery.DROPPED}
        assert mail_server.mails == []

    def test_back_after_it_was_told_is_told(self, entry, mail_server):
        for by in (DAY, -DAY):
            self.move(entry, by)
            assert set(self.delivered()) == {Delivery.SENT}

    def test_what_a_mail_showed_already_is_not_told_again(self, entry, mail_server):
        """It went out between the second change and the sweep that notices it."""
        self.move(entry, DAY)
        self.move(entry, DAY, is_swept=False)
        assert self.delivered() == [Delivery.SENT]
        tell_all(clock.now())
        assert self.delivered() == [Delivery.SENT]


class TestTakenOut:
    def test_alone_it_is_said_with_what_remains(self, now):
        entry = SignUpFactory(activity=ActivityFactory(starts_at=now + DAY, meetings=3))
        _first, second, third = starts(entry.activity)
        edit(entry.activity, out=[second, third])
        text = told(entry)
        gone = f"{dates.moment(second)}; {dates.moment(third)}"
        assert f"Deze bijeenkomsten gaan niet door: {gone}." in text
        assert "Hieronder staat wat er overblijft." in text

    @pytest.mark.parametrize("what", ["room", "place"])
    def test_beside_another_room_it_hides_neither(self, now, what):
        entry = SignUpFactory(activity=ActivityFactory(starts_at=now + DAY, meetings=2))
        hub = entry.activity.programme.hub
        elsewhere = {"room": RoomFactory(hub=hub, name="Lokaal 3")} if what == "room" else {"place": "Lokaal 3"}
        _first, second = starts(entry.activity)
        edit(entry.activity, out=[second], **elsewhere)
        text = told(entry)
        assert f"Deze bijeenkomst gaat niet door: {dates.moment(second)}." in text
        assert "Ook de tijd of de plek van wat overblijft is veranderd. Hieronder staat hoe het nu is." in text
        assert "wat er overblijft." not in text
        assert "Lokaal 3" in text

    def test_where_another_moved_too_only_what_is_true_now_is_said(self, now):
        entry = SignUpFactory(activity=ActivityFactory(starts_at=now + DAY, meetings=2))
        first, second = starts(entry.activity)
        edit(entry.activity, out=[first], starts_at=second + DAY, ends_at=second + DAY + timedelta(hours=2))
        text = told(entry)
        assert GENERAL in text
        assert "gaat niet door" not in text
        assert f"Eerst was het: {dates.moment(first)}." in text

    def test_what_has_been_is_tidied_without_a_word(self, now):
        """It did take place, whatever else changes in the same save."""
        entry = SignUpFactory(activity=ActivityFactory(starts_at=now - DAY, meetings=2))
        past, _coming = starts(entry.activity)
        edit(entry.activity, out=[past], place="Voorbeeldbedrijf 7")
        text = told(entry)
        assert GENERAL in text
        assert "gaat niet door" not in text
        assert "Eerst was het" not in text
