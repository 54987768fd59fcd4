"""Who works for a partner: for its managers and the programme office. Everybody else finds nothing here."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from content import clock
from content.paging import paginate
from partners.domain import invitations, members
from partners.domain.errors import GoneError, RefusedError
from partners.forms import InviteForm
from partners.models import Invitation, MemberRole, Membership, Partner, User
from partners.views import leaving

PER_PAGE = 60
MOST_ROWS = 300  # of one partner


@require_safe
@login_required
def colleagues(request: HttpRequest) -> HttpResponse:
    """The partners whose staff one manages, for the office itself too; straight on to it when that is one."""
    user: Any = request.user
    counted = _managed(request).annotate(
        staff=Count("memberships", distinct=True),
        waiting=Count("invitations", filter=_waiting(), distinct=True),
    )
    found = paginate(counted.order_by("name"), request.GET.get("pagina"), PER_PAGE)
    if found.count == 1 and not user.is_programme_office:
        return HttpResponseRedirect(reverse("colleagues_of", args=[found.rows[0].slug]))
    context = {"page": found, "office": _office() if user.is_programme_office else None}
    return render(request, "partners/colleagues.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def colleagues_of(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is in, who was invited, and inviting one more."""
    user: Any = request.user
    partner = get_object_or_404(_managed(request), slug=slug)
    now = clock.now()
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        email, role = form.cleaned_data["email"], MemberRole(form.cleaned_data["role"])
        try:
            invitations.invite(partner_id=partner.pk, email=email, role=role, by=user, now=now)
        except GoneError as error:  # no longer theirs to manage, while the post waited
            raise Http404 from error
        except RefusedError as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, _("Er gaat zo een mail naar %(email)s.") % {"email": email})
            return _back(partner)
    context = {
        "partner": partner,
        "form": form,
        "memberships": partner.memberships.select_related("user").order_by("user__name", "user__email")[:MOST_ROWS],
        "invitations": invitations.of(partner).unanswered().order_by("email")[:MOST_ROWS],
        "now": now,
        "manages_several": user.is_programme_office or _managed(request).count() > 1,
    }
    return render(request, "partners/colleagues_of.html", context)


@require_safe
@login_required
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first, and says beforehand what would be refused; what is posted goes to `member`."""
    user: Any = request.user
    theirs = Membership.objects.filter(partner__in=_managed(request)).select_related("user", "partner")
    membership = get_object_or_404(theirs, pk=pk)
    is_only = members.is_only_manager(membership)
    context = {
        "membership": membership,
        "who": membership.user,
        "is_only_manager": is_only,
        "is_refused": is_only and not user.is_programme_office,
        "warning": leaving.warning(membership.user, by=user, partner=membership.partner),
    }
    return render(request, "partners/colleague_remove.html", context)


@require_POST
@login_required
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """Another role, or none any more."""
    user: Any = request.user
    action = request.POST.get("actie")
    try:
        if action == "weg":
            changed = members.remove(membership_id=pk, by=user)
            said = _("%(name)s hoort niet meer bij %(partner)s.") % {"name": changed.user, "partner": changed.partner}
        elif action in MemberRole.values:
            changed = members.change_role(membership_id=pk, role=MemberRole(action), by=user)
            said = _("De rol is veranderd.")
        else:
            raise Http404
    except GoneError as error:
        raise Http404 from error
    except RefusedError as refusal:
        messages.error(request, refusal.sentence)
        return _back(get_object_or_404(Membership.objects.select_related("partner"), pk=pk).partner)
    messages.success(request, said)
    if not _managed(request).filter(pk=changed.partner_id).exists():
        return HttpResponseRedirect(reverse("colleagues"), status=HTTPStatus.SEE_OTHER)
    return _back(changed.partner)


@require_POST
@login_required
def invited(request: HttpRequest, pk: int) -> HttpResponse:
    """Mail the invitation again, or take it back."""
    user: Any = request.user
    now = clock.now()
    try:
        if request.POST.get("actie") == "intrekken":
            changed = invitations.withdraw(invitation_id=pk, by=user, now=now)
            messages.success(request, _("De uitnodiging is ingetrokken. De link werkt niet meer."))
        else:
            changed = invitations.invite_again(invitation_id=pk, by=user, now=now)
            messages.success(request, _("Er gaat zo een nieuwe mail weg. De vorige link werkt niet meer."))
    except GoneError as error:
        raise Http404 from error
    except RefusedError as refusal:
        messages.error(request, refusal.sentence)
        changed = get_object_or_404(Invitation.objects.select_related("partner"), pk=pk)
    return _back(changed.partner)


def _managed(request: HttpRequest) -> Any:
    """The partners whose staff this user manages."""
    user: Any = request.user
    if user.is_programme_office:
        return Partner.objects.all()
    managing = Membership.objects.filter(user=user, role=MemberRole.MANAGER, partner=OuterRef("pk"))
    return Partner.objects.filter(Exists(managing))


def _office() -> dict[str, int]:
    """How many there are of the programme office, and how many were invited to it."""
    staff = User.objects.filter(is_programme_office=True).count()
    return {"staff": staff, "waiting": invitations.of(None).unanswered().count()}


def _waiting() -> Q:
    return Q(invitations__accepted_at=None, invitations__withdrawn_at=None)


def _back(partner: Partner | None) -> HttpResponse:
    """To the page of this partner; without one, of the office."""
    address = reverse("colleagues_of", args=[partner.slug]) if partner else reverse("colleagues_office")
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)
