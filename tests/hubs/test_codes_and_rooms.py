"""Levels and groups share one set of codes; a room belongs to its hub. The database refuses, the form says why."""

import pytest
from django.db import IntegrityError, connection, transaction

from hubs import stations
from hubs.models import EducationLevel, LevelGroup
from hubs.models.level import RESERVED_CODES
from hubs.pathway import network
from tests.factories.hubs import (
    ActivityFactory,
    EducationLevelFactory,
    LevelGroupFactory,
    MeetingFactory,
    ProgrammeFactory,
    RoomFactory,
)
from tests.hubs.test_admin_hubs import change, errors, office  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


def settle():
    """Judge at once what waits for the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "pair", [(LevelGroupFactory, EducationLevelFactory), (EducationLevelFactory, LevelGroupFactory)]
)
def test_a_level_and_a_group_share_no_code(pair):
    first, second = pair
    first(code="vmbo")
    other = second(code="havo")
    with pytest.raises(IntegrityError, match="vmbo"), transaction.atomic():
        second(code="vmbo")
    with pytest.raises(IntegrityError, match="vmbo"), transaction.atomic():
        type(other).objects.filter(pk=other.pk).update(code="vmbo")


def test_without_the_trigger_they_would():
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER hubs_code_is_free ON hubs_educationlevel")
    LevelGroupFactory(code="vmbo")
    EducationLevelFactory(code="vmbo")


@pytest.mark.parametrize("rows", [LevelGroup, EducationLevel])
def test_the_form_names_a_code_in_use(office, rows):  # noqa: F811
    level, group = EducationLevelFactory(code="havo"), LevelGroupFactory(code="vmbo")
    row, code = (group, "havo") if rows is LevelGroup else (level, "vmbo")
    assert "heeft deze code al" in "".join(errors(change(office, row, code=code)))
    assert "Deze code gebruikt de leerlijn zelf" in "".join(errors(change(office, row, code="zij-instroom")))


def test_the_words_of_the_pathway_are_reserved():
    own = {stations.POST_INITIAL_KEY, stations.LATERAL_KEY, network.WORK, network.OUTSIDE, network.CHANGE}
    assert own == set(RESERVED_CODES)
    for factory in (LevelGroupFactory, EducationLevelFactory):
        with pytest.raises(IntegrityError, match="not_reserved"), transaction.atomic():
            factory(code="post-initieel")


class TestRooms:
    @pytest.fixture
    def in_a_room(self):
        activity = ActivityFactory(meetings=0)
        return MeetingFactory(activity=activity, room=RoomFactory(hub=activity.programme.hub))

    def test_a_room_of_another_hub(self, in_a_room):
        other = RoomFactory()
        with pytest.raises(IntegrityError, match="another hub"), transaction.atomic():
            type(in_a_room).objects.filter(pk=in_a_room.pk).update(room=other)
        with pytest.raises(IntegrityError, match="another hub"), transaction.atomic():
            MeetingFactory(room=other)

    def test_the_programme_moves(self, in_a_room, office):  # noqa: F811
        programme, other = in_a_room.activity.programme, ProgrammeFactory().hub
        assert "in een ruimte van de vorige hub" in "".join(errors(change(office, programme, hub=str(other.pk))))
        programme.hub = other
        with pytest.raises(IntegrityError, match="another hub"), transaction.atomic():
            programme.save()

    def test_the_room_moves(self, in_a_room):
        in_a_room.room.hub = ProgrammeFactory().hub
        with pytest.raises(IntegrityError, match="another hub"), transaction.atomic():
            in_a_room.room.save()

    def test_the_date_moves_to_another_programme_at_last(self, in_a_room):
        in_a_room.activity.programme = ProgrammeFactory()
        with pytest.raises(IntegrityError, match="another hub"), transaction.atomic():
            in_a_room.activity.save()
            settle()

    def test_a_date_moves_without_its_room(self, in_a_room, office):  # noqa: F811
        programme = ProgrammeFactory()
        asked = change(office, in_a_room.activity, programme=str(programme.pk))
        assert "Kies een ruimte van de hub" in "".join(errors(asked))
        in_a_room.room = None
        in_a_room.save()
        assert change(office, in_a_room.activity, programme=str(programme.pk)).status_code == 302
        settle()

    def test_without_the_trigger_it_would_be_stored(self):
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER hubs_rooms_fit ON hubs_meeting")
        MeetingFactory(room=RoomFactory())
