"""A bare view around the portal's own domain call: a sign-up without middleware, form, limits and cookies.

The same statements through the same code: beside it one sees what the form adds, and beside minimal.py what the ORM.
"""

from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path

from hubs.models import EducationLevel
from partners.models import School
from signups.domain import seats
from signups.domain.application import Application
from signups.models import Kind
from signups.views.sign_up import ON_SITE


def sign_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Believes everything that is posted."""
    posted = request.POST
    activity: Any = get_object_or_404(ON_SITE, pk=pk)
    application = Application(
        kind=Kind.PERSON,
        name=posted["participant_name"],
        email=posted["email"],
        language="nl",
        submit_token=uuid4(),
        age_band=posted["age_band"],
        audience=posted["audience"],
        education_level_id=EducationLevel.objects.get(code=posted["education_level"]).pk,
        school_id=School.objects.get(branch_code=posted["school"]).pk,
        remarks=posted["remarks"],
    )
    seats.sign_up(activity_id=activity.pk, application=application, now=activity.read_at)
    return HttpResponse(status=HTTPStatus.SEE_OTHER, headers={"Location": "ontvangen/"})


def ready(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse()


urlpatterns = [path("agenda/<int:pk>/aanmelden/", sign_up), path("healthz", ready)]
