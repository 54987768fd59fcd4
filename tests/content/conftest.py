"""A partner with an editor and a manager at their desks, for tests of publishing and history."""

import pytest
from django.utils.module_loading import import_string

DESK = "tests.content.publishing_stage.desk"  # by name: a conftest is read before Django is set up


@pytest.fixture
def own():
    return import_string("tests.factories.partners.PartnerFactory")()


@pytest.fixture
def editor(own):
    return import_string(DESK)(own)


@pytest.fixture
def manager(own):
    return import_string(DESK)(own, "manager")
