"""What the tests of seats and counters add to applying.py: unproven unless asked, counters, refusals."""

import pytest

from hubs.models import Activity
from signups.domain.errors import RefusedError
from tests.signups import applying


def join(activity, application, now, *, proven=False):
    return applying.join(activity, application, now, proven=proven)


def counters(activity):
    return Activity.objects.values_list("taken", "waiting").get(pk=activity.pk)


def refusal(call, **arguments):
    with pytest.raises(RefusedError) as caught:
        call(**arguments)
    return caught.value.reason
