"""Two partners, the same of everything for each and for nobody, and every address of the back office. No test here."""

import hashlib
import io
import itertools
import zipfile
from datetime import timedelta

from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver

from content import clock
from content.domain import history
from content.models import Deed, PendingChange, PreviewLink, PublicationState
from partners.models import MemberRole, PartnerRole
from signups.models import MailKind
from tests.factories import hubs, partners, signups

MARK = "KANARIE"
ELSEWHERE = "ZIJSPOOR"  # of where the own partner has a part, but does not run it
# Written by whoever works in the back office, whatever they look at.
OF_THE_WORK = {"django_session", "partners_staffsession", "django_admin_log", "mfa_authenticator"}


def world(owner, *, roles=(PartnerRole.RUNS,), mark=MARK):
    """Everything that a partner can have, with a mark in each text; of nobody where `owner` is None. Not public."""
    name = f"{mark} {owner.pk if owner else 'niemand'}"
    draft = {"state": PublicationState.DRAFT}
    hub = hubs.HubFactory(name=f"{name} hub", town=f"{mark}dorp", summary=name, **draft)
    programme = hubs.ProgrammeFactory(hub=hub, title=f"{name} programma", summary=name, **draft)
    activity = hubs.ActivityFactory(programme=programme, note=f"{name} datum", capacity=20)
    hubs.RoomFactory(hub=hub, name=f"{name} ruimte")
    for role in roles if owner else ():
        hubs.HubPartnerFactory(hub=hub, partner=owner, role=role)
        hubs.ProgrammePartnerFactory(programme=programme, partner=owner, role=role)
    if owner:
        partners.PartnerPersonFactory(partner=owner, name=f"{name} persoon", role=name)
        partners.InvitationFactory(partner=owner, email=f"{mark.lower()}{owner.pk}@voorbeeld.example")
    entry = signups.SignUpFactory(activity=activity, name=f"{name} leerling", remarks=name)
    PendingChange.objects.create(subject=programme, fields={"title": f"{name} voorstel"}, sent_back=f"{name} terug")
    PreviewLink.objects.create(subject=programme, expires_at=clock.now() + timedelta(days=1))
    history.record(subject=programme, deed=Deed.MADE, by=None, now=clock.now(), note=f"{name} geschiedenis")
    signups.OutboxMessageFactory(sign_up=entry, kind=MailKind.CONFIRMED, error=f"{name} fout")
    letter = signups.LetterFactory(activity=activity, subject=name, text=name)
    signups.OutboxMessageFactory(sign_up=entry, kind=MailKind.LETTER, letter=letter)
    return activity


def rival():
    """A partner that is not public, with staff and a world of its own; another world is nobody's."""
    other = partners.PartnerFactory(name=f"{MARK} partner", summary=MARK, state=PublicationState.DRAFT)
    colleague = partners.UserFactory(name=f"{MARK} collega", email=f"{MARK.lower()}@voorbeeld.example")
    partners.MembershipFactory(user=colleague, partner=other, role=MemberRole.MANAGER)
    asked = partners.InvitationFactory(to_office=True, email=f"{MARK.lower()}-bureau@voorbeeld.example")
    signups.OutboxMessageFactory(sign_up=None, invitation=asked, kind=MailKind.INVITATION, error=f"{MARK} fout")
    return other, [world(other), world(None)]


def rows_of(model, *, editor):
    """Keys of the oldest rows that this user does not manage, one that does not exist, and one that is none."""
    manager = model._default_manager
    managed = getattr(manager, "managed_by", lambda _user: manager.none())(editor)
    foreign = list(manager.exclude(pk__in=managed.values("pk")).order_by("pk").values_list("pk", flat=True)[:6])
    return [*map(str, foreign), "987654321", "x'--"]


def patterns():
    """Every route below /beheer/, with the model that its admin class is of."""
    owners = {id(page): model for model, page in admin.site._registry.items()}
    resolver = next(part for part in get_resolver().url_patterns if getattr(part, "app_name", "") == "admin")
    for prefix, pattern in _flat(resolver.url_patterns, ""):
        page = getattr(getattr(pattern.callback, "model_admin", None), "model", None)
        yield prefix, page or _model_of(prefix, owners.values())


def _flat(found, prefix):
    for part in found:
        route = prefix + str(part.pattern)
        if isinstance(part, URLResolver):
            yield from _flat(part.url_patterns, route)
        elif isinstance(part, URLPattern):
            yield route, part


def _model_of(route, models):
    by_start = {f"{model._meta.app_label}/{model._meta.model_name}/": model for model in models}
    return next((model for start, model in by_start.items() if route.startswith(start)), None)


def relations():
    """Every relation of every model, as the pickers ask for them."""
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and getattr(field, "remote_field", None):
                yield {
                    "app_label": model._meta.app_label,
                    "model_name": model._meta.model_name,
                    "field_name": field.name,
                }


def unpacked(body):
    """What is in an Excel file; anything else as it is."""
    if not body.startswith(b"PK"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return b"".join(map(archive.read, archive.namelist()))


def snapshot():
    """A checksum of every table but those that any visit writes."""
    sums = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - OF_THE_WORK):
            cursor.execute(f'SELECT row::text FROM "{table}" row ORDER BY 1')
            sums[table] = hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()
    return sums


def hostile_values(model):
    """A value for every column of the model, and what forms of the back office send besides."""
    now = clock.now() + timedelta(days=30)
    values = {field.name: "1" for field in model._meta.get_fields() if not field.auto_created}
    values |= {name: now.isoformat() for name in values if name.endswith("_at")}
    formsets = ("meetings", "rooms", "partner_roles", "people", "routes_onward", "memberships")
    sizes = itertools.product(formsets, [("TOTAL", 1), ("INITIAL", 1), ("MIN_NUM", 0), ("MAX_NUM", 1000)])
    values |= {f"{name}-{kind}_FORMS": number for name, (kind, number) in sizes}
    values |= {"step": "publish", "version": "1", "note": "x", "_publish": "1"}
    return values | {"opened_version": "0", "post": "yes", "_save": "1"}
