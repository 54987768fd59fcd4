"""Levels are named as people name them."""

import pytest
from django.utils import translation

from hubs.models import Audience, Phase, Sector
from hubs.taxonomy import Taxonomy
from tests.factories.hubs import EducationLevelFactory, LevelGroupFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def vmbo():
    group = LevelGroupFactory(code="vmbo", name="vmbo")
    basis = EducationLevelFactory(code="vmbo_bb", name="vmbo basis", group=group, position=1)
    tl = EducationLevelFactory(
        code="vmbo_tl", name="vmbo theoretisch", alias="mavo (vmbo-tl)", alias_en="mavo", group=group, position=2
    )
    return basis, tl


def ids(*levels):
    return {level.pk for level in levels}


def test_all_leaves_go_by_the_name_of_their_group(vmbo):
    assert Taxonomy.load().for_whom(ids(*vmbo), []) == "Vmbo"


def test_a_leaf_alone_goes_by_its_alias(vmbo):
    assert Taxonomy.load().for_whom(ids(vmbo[1]), []) == "Mavo (vmbo-tl)"


def test_a_leaf_without_alias_goes_by_its_name(vmbo):
    assert Taxonomy.load().for_whom(ids(vmbo[0]), []) == "Vmbo basis"


def test_english_names_where_they_exist(vmbo):
    taxonomy = Taxonomy.load()
    with translation.override("en"):
        assert taxonomy.for_whom(ids(vmbo[1]), []) == "Mavo"


def test_pupils_are_not_named_beside_their_level(vmbo):
    said = Taxonomy.load().for_whom(ids(*vmbo), [Audience.PUPIL, Audience.TEACHER], [Phase.INITIAL])
    assert said == "Vmbo, docenten"


def test_audiences_alone():
    assert Taxonomy.load().for_whom(set(), [Audience.PUPIL, Audience.PARENT]) == "Leerlingen, ouders en verzorgers"


def test_nobody_named_is_everyone():
    assert Taxonomy.load().for_whom(set(), []) == "Iedereen"


def test_leaves_of_a_group_and_of_a_level(vmbo):
    taxonomy = Taxonomy.load()
    assert [leaf.code for leaf in taxonomy.leaves("vmbo")] == ["vmbo_bb", "vmbo_tl"]
    assert [leaf.code for leaf in taxonomy.leaves("vmbo_tl")] == ["vmbo_tl"]
    assert taxonomy.leaves("gymnasium") == []


def test_a_new_level_needs_no_code(vmbo):
    new = EducationLevelFactory(code="vavo", name="vavo", sector=Sector.SECONDARY, position=3)
    assert Taxonomy.load().for_whom(ids(new), []) == "Vavo"
