"""Who is of the programme office: for the office itself. Everybody else finds nothing here."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from content import clock
from partners.domain import invitations, office
from partners.domain.errors import GoneError, RefusedError
from partners.forms import OfficeInviteForm
from partners.models import User
from partners.views import leaving

MOST_ROWS = 300


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def colleagues_office(request: HttpRequest) -> HttpResponse:
    """Who is in, who was invited, and inviting one more."""
    user: Any = request.user
    if not user.is_programme_office:
        raise Http404
    now = clock.now()
    form = OfficeInviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            invitations.invite_to_office(email=email, by=user, now=now)
        except GoneError as error:  # let go while the post waited
            raise Http404 from error
        except RefusedError as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, _("Er gaat zo een mail naar %(email)s.") % {"email": email})
            return HttpResponseRedirect(reverse("colleagues_office"), status=HTTPStatus.SEE_OTHER)
    context = {
        "form": form,
        "accounts": User.objects.filter(is_programme_office=True)[:MOST_ROWS],
        "invitations": invitations.of(None).unanswered().order_by("email")[:MOST_ROWS],
        "now": now,
    }
    return render(request, "partners/colleagues_office.html", context)


@require_safe
@login_required
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first, and says beforehand what would be refused; what is posted goes to `member`."""
    user: Any = request.user
    if not user.is_programme_office:
        raise Http404
    who = get_object_or_404(User, pk=pk, is_programme_office=True)
    warning = leaving.warning(who, by=user, partner=None)
    context = {"who": who, "is_refused": office.is_last([who]), "warning": warning}
    return render(request, "partners/colleague_remove.html", context)


@require_POST
@login_required
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody is of the office no more."""
    user: Any = request.user
    try:
        gone = office.let_go(user_id=pk, by=user)
    except GoneError as error:
        raise Http404 from error
    except RefusedError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("%(name)s hoort niet meer bij het programmabureau.") % {"name": gone})
        if gone == user:
            return HttpResponseRedirect(reverse("colleagues"), status=HTTPStatus.SEE_OTHER)
    return HttpResponseRedirect(reverse("colleagues_office"), status=HTTPStatus.SEE_OTHER)
