"""What a guardian consents to, word for word: the same text in the mail and on the page behind its link."""

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _

from content import dates
from hubs.models import Activity
from signups.models import SignUp

# Kept with every consent. Whoever changes the sentences below gives them a new version; a test remembers the old ones.
CONSENT_VERSION: Final = "2026-11-26"
KEPT_AFTER_LAST_MEETING: Final = timedelta(days=30)


def terms(sign_up: SignUp) -> list[str]:
    """What is kept, of whom, who sees it, until when, and how to take consent back."""
    sentences = [
        _("Van je kind bewaren we de voornaam, het niveau en wat er verder in het formulier is ingevuld."),
        _("Van jou bewaren we je naam en je e-mailadres, en wanneer je toestemming gaf."),
        _("We gebruiken dit alleen voor deze activiteit. Alleen wie haar organiseert en het programmabureau zien het."),
        _without_consent(sign_up),
    ]
    if day := kept_until(sign_up.activity):
        wiped = {"day": day}
        sentences.insert(3, _("We wissen alles 30 dagen na de laatste bijeenkomst. Dat is op %(day)s.") % wiped)
    return sentences


def kept_until(activity: Activity) -> str:
    """The day on which everything is wiped, in words; nothing while there is no date."""
    return dates.day(activity.last_ends_at + KEPT_AFTER_LAST_MEETING) if activity.last_ends_at else ""


def _without_consent(sign_up: SignUp) -> str:
    """Where another date was asked for, the old one does not depend on this consent."""
    if sign_up.replaces and sign_up.replaces.is_live:
        return _(
            "Je kunt je toestemming altijd weer intrekken. Geef je geen toestemming, dan wissen we alleen de nieuwe "
            "aanmelding. Die voor de oude datum blijft."
        )
    return _("Je kunt je toestemming altijd weer intrekken. Geef je geen toestemming, dan wissen we alles meteen.")
