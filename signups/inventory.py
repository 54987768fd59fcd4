"""Every personal field: what it is, why we keep it and until when. Privacy page and own data are made from it.

A test fails for a field of signups that is neither here nor among NAMES_NOBODY.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from content.domain.due import HISTORY_KEPT
from partners.domain.invitations import KEPT as INVITATIONS_KEPT
from partners.domain.work_log import KEPT as WORK_KEPT
from signups.domain.retention import (
    ADDRESS_OF_INTEREST,
    AFTER_AN_UNFINISHED_REQUEST,
    AFTER_THE_DATE,
    WITHOUT_A_DATE,
)
from signups.domain.reviews import KEPT as TOLD_KEPT
from signups.mails.written import KEPT as MAILS_KEPT

Text = str | Promise


@dataclass(frozen=True)
class Kept:
    """One thing that we know of somebody: in words, for what, and in which fields of which model."""

    what: Text
    why: Text
    fields: tuple[str, ...] = ()
    model: str = "signups.SignUp"


@dataclass(frozen=True)
class Group:
    """Things that are kept equally long."""

    title: Text
    until: Text
    rows: tuple[Kept, ...]


SIGN_UPS: Final = Group(
    _("Als je je aanmeldt"),
    format_lazy(
        _(
            "Tot {days} dagen na de laatste bijeenkomst. Bevestigt niemand de aanmelding? Dan tot {unfinished} dagen "
            "nadat de tijd daarvoor voorbij is. Je kunt ook alles meteen zelf wissen, op de pagina van je aanmelding. "
            "Heeft de activiteit geen datum meer? Dan nooit langer dan {dateless} dagen na je aanmelding. "
            "Daarna bewaren we alleen aantallen."
        ),
        days=AFTER_THE_DATE.days,
        unfinished=AFTER_AN_UNFINISHED_REQUEST.days,
        dateless=WITHOUT_A_DATE.days,
    ),
    (
        Kept(_("Je naam, of de naam van de klas"), _("Zodat de hub weet wie er komt."), ("name",)),
        Kept(
            _("De naam van een ouder, verzorger of docent"),
            _("Om te weten wie toestemming geeft of wie met de klas komt."),
            ("contact_name",),
        ),
        Kept(
            _("Een e-mailadres"),
            _("Om de aanmelding te bevestigen, en om te schrijven als er iets verandert."),
            ("email",),
        ),
        Kept(
            _("Een telefoonnummer, als een docent dat invult, of als je belt en geen e-mailadres geeft"),
            _("Om te bellen als er haast is of als we niet kunnen mailen."),
            ("phone",),
        ),
        Kept(
            _("Of je jonger dan 16 bent"),
            _("Dan vragen we toestemming aan een ouder of verzorger."),
            ("age_band",),
        ),
        Kept(
            _("Je niveau, en of je bijvoorbeeld leerling of zij-instromer bent"),
            _("Zodat de les bij je past, en om te tellen wie we bereiken."),
            ("education_level", "audience"),
        ),
        Kept(_("Je school"), _("Om te tellen welke scholen we bereiken."), ("school", "school_other")),
        Kept(_("Je opmerking"), _("Zodat de hub er rekening mee kan houden."), ("remarks",)),
        Kept(
            _("Met welke tekst een ouder of verzorger toestemming gaf"),
            _("Om te kunnen laten zien dat die toestemming er is."),
            ("consent_version",),
        ),
        Kept(
            _("Of je er was, en welke medewerker dat opschreef"),
            _("Voor je bewijs van deelname, en om te tellen wie er kwamen."),
            ("sign_up", "meeting", "number", "noted_at", "noted_by"),
            "signups.Attendance",
        ),
        Kept(_("Welke medewerker je aanmelding invoerde"), _("Om na te vragen als er iets niet klopt."), ("taken_by",)),
        Kept(
            _("Een kenmerk van het formulier dat je verstuurde"),
            _("Zodat een formulier dat twee keer aankomt één aanmelding blijft."),
            ("submit_token", "fields_digest"),
        ),
    ),
)

LETTERS: Final = Group(
    _("Als een organisatie je een bericht stuurt over een activiteit"),
    format_lazy(
        _(
            "Tot {days} dagen na de laatste bijeenkomst, of eerder als iedereen die het kreeg, zijn gegevens wist. "
            "Heeft de activiteit geen datum meer? Dan tot {dateless} dagen na het bericht."
        ),
        days=AFTER_THE_DATE.days,
        dateless=WITHOUT_A_DATE.days,
    ),
    (
        Kept(
            _("Wat een medewerker schreef aan wie zich aanmeldde. Daar kan een naam in staan."),
            _("Zodat de organisatie weet wat er is verteld, en niemand hetzelfde bericht twee keer krijgt."),
            ("subject", "subject_en", "text", "text_en"),
            "signups.Letter",
        ),
        Kept(
            _("Welke medewerker het bericht schreef"),
            _("Om na te vragen als er iets niet klopt."),
            ("written_by",),
            "signups.Letter",
        ),
    ),
)

DATE_INTERESTS: Final = Group(
    _("Als je laat weten welke datum je mist"),
    format_lazy(
        _(
            "Tot de periode voorbij is, en nooit langer dan {days} dagen. Bevestigt niemand het adres? Dan een dag. "
            "Je kunt het ook meteen zelf wissen, met de link in onze mail. Daarna bewaren we alleen aantallen."
        ),
        days=ADDRESS_OF_INTEREST.days,
    ),
    (
        Kept(
            _("Een e-mailadres, als je dat invult"),
            _("Om te mailen als er een datum is die past."),
            ("email",),
            "signups.DateInterest",
        ),
    ),
)

FORMS: Final = Group(
    _("Als je een formulier verstuurt"),
    _("Een minuut."),
    (
        Kept(
            _("Een onleesbaar kenmerk van je internetadres (IP-adres)"),
            _("Om te merken dat iemand in korte tijd heel veel formulieren verstuurt."),
        ),
    ),
)

COOKIES: Final = Group(
    _("In je eigen browser, met een cookie"),
    _("Het eerste een uur, het tweede 20 uur, het derde tot je de browser sluit, het vierde twee weken."),
    (
        Kept(_("Wat je net invulde"), _("Om je te laten zien hoe het verdergaat.")),
        Kept(
            _("Dat je de link in onze mail opende"),
            _("Zodat alleen jij je aanmelding kunt bekijken en veranderen."),
        ),
        Kept(_("Een willekeurige code"), _("Zodat niemand anders een formulier in jouw naam kan versturen.")),
        Kept(_("Als medewerker: dat je bent ingelogd"), _("Om ingelogd te blijven.")),
    ),
)

STAFF: Final = Group(
    _("Als je medewerker van een partner bent"),
    format_lazy(
        _(
            "Zolang je meedoet. Een uitnodiging tot {days} dagen nadat zij voorbij is. "
            "Waar je bent ingelogd: hoogstens twee weken. "
            "Wat je in het beheer deed: {work_days} dagen. "
            "Welke tekst je veranderde: {history_days} dagen. Een voorstel: tot erover is beslist. "
            "Over welke tekst je een mail kreeg: {told_days} dagen. "
            "Mails die deze site in bestanden bewaart in plaats van verstuurt: {mail_days} dagen. "
            "Het programmabureau haalt je account of uitnodiging weg als je dat vraagt."
        ),
        days=INVITATIONS_KEPT.days,
        work_days=WORK_KEPT.days,
        history_days=HISTORY_KEPT.days,
        told_days=TOLD_KEPT.days,
        mail_days=MAILS_KEPT.days,
    ),
    (
        Kept(
            _("Je naam en je e-mailadres"),
            _("Om in te loggen, en zodat collega's weten wie wat deed."),
            ("name", "email"),
            "partners.User",
        ),
        Kept(_("Je wachtwoord, onleesbaar"), _("Om in te loggen."), ("password",), "partners.User"),
        Kept(
            _("Sinds wanneer je een account hebt en wanneer je voor het laatst inlogde"),
            _("Om accounts te vinden die niemand meer gebruikt."),
            ("joined_at", "last_login"),
            "partners.User",
        ),
        Kept(
            _("Of je account werkt en of je bij het programmabureau hoort"),
            _("Om te weten wat je mag zien."),
            ("is_active", "is_programme_office"),
            "partners.User",
        ),
        Kept(
            _("Bij welke partner je hoort, en als wat"),
            _("Om te weten wat je mag wijzigen."),
            ("user", "partner", "role"),
            "partners.Membership",
        ),
        Kept(
            _("Het e-mailadres waarop je bent uitgenodigd, en door wie"),
            _("Om je een account te geven."),
            ("email", "partner", "role", "invited_by"),
            "partners.Invitation",
        ),
        Kept(
            _("Het geheim achter je app met codes, je passkeys en je reservecodes, onleesbaar"),
            _("Zodat niemand met alleen je wachtwoord binnenkomt."),
            ("user", "type", "data", "created_at", "last_used_at"),
            "mfa.Authenticator",
        ),
        Kept(
            _("Waar je bent ingelogd: sinds wanneer en met wat voor browser en apparaat"),
            _("Zodat je ziet of iemand anders in je account zit, en die uitlogt."),
            ("session_key", "session_data", "user", "began_at", "device"),
            "partners.StaffSession",
        ),
        Kept(
            _("Een onleesbaar kenmerk van je internetadres als je inlogt, hoogstens een minuut"),
            _("Om af te remmen wie vanaf één plek wachtwoorden raadt."),
        ),
        Kept(
            _(
                "Een onleesbaar kenmerk van je e-mailadres of account, als inloggen mislukt of als je een nieuw "
                "wachtwoord vraagt, hoogstens twee uur"
            ),
            _("Om te merken dat iemand wachtwoorden raadt, je dat te vertellen, en je niet te blijven mailen."),
            ("mark", "tried_at"),
            "partners.Attempt",
        ),
        Kept(
            _("Wat je in het beheer toevoegde, veranderde of weghaalde, en wanneer"),
            _("Om na te vragen als er iets niet klopt."),
            ("user", "action_time", "content_type", "object_id", "object_repr", "action_flag", "change_message"),
            "admin.LogEntry",
        ),
        Kept(
            _("Welke tekst je veranderde, op de site zette of terugstuurde, wanneer, en wat je daarbij schreef"),
            _("Zodat collega's zien wie wat deed, en een oudere versie kunnen terugzetten."),
            ("content_type", "object_id", "deed", "by", "made_at", "note"),
            "content.Revision",
        ),
        Kept(
            _("Welk voorstel je voor een tekst deed, en waarom het terugkwam"),
            _("Zodat een beheerder erover beslist en weet van wie het is."),
            ("content_type", "object_id", "fields", "photo", "author", "sent_back", "created_at"),
            "content.PendingChange",
        ),
        Kept(
            _("Over welke tekst je een mail kreeg, en of die aankwam"),
            _("Om na te vragen als er iets niet klopt."),
            ("colleague", "revision"),
            "signups.OutboxMessage",
        ),
        Kept(
            _("Mails aan jou, als deze site ze in bestanden bewaart in plaats van verstuurt"),
            _("Om ze te kunnen lezen terwijl er geen mailserver is."),
        ),
    ),
)

PUBLIC_ROLES: Final = Group(
    _("Als je een rol had in de deal"),
    format_lazy(
        _(
            "Zolang deze site over de deal vertelt, en daarna nog {days} dagen in de geschiedenis van de tekst. "
            "Wil je er niet op staan? Laat het ons weten."
        ),
        days=HISTORY_KEPT.days,
    ),
    (
        Kept(
            _("Je naam, je rol, bij welke partner en in welk jaar, en of je de deal tekende"),
            _("Om te vertellen hoe de deal tot stand kwam. Dit stond al in openbare berichten."),
            ("partner", "name", "role", "role_en", "known_in_year", "signed_deal"),
            "partners.PartnerPerson",
        ),
        Kept(
            _("Hetzelfde, zoals het eerder op de pagina van de partner stond"),
            _("Zodat een partner kan zien wat er veranderde, en een oudere versie kan terugzetten."),
            ("changes", "values"),
            "content.Revision",
        ),
    ),
)

GROUPS: Final = (SIGN_UPS, LETTERS, DATE_INTERESTS, FORMS, COOKIES, STAFF, PUBLIC_ROLES)

_NUMBER: Final = "a number of the database's own"
_COUNTED: Final = "a count or a choice about seats"
_STANDING: Final = "how the seat stands, which belongs to nobody once the row is empty"
_MAIL: Final = "about a mail, which holds no text and no address and goes with its sign-up or its letter"
_EMPTY: Final = "a table of the login library that stays empty: an account has the one address of partners.User"
_TOTAL: Final = "a count over sign-ups that were emptied"

NAMES_NOBODY: Final[dict[str, dict[str, str]]] = {
    "signups.SignUp": {
        "id": _NUMBER,
        "uuid": "random; names the row in its links, which end with it",
        "token_version": "how often the links were renewed",
        "activity": "what the seat is for",
        **dict.fromkeys(("kind", "seats", "pupils", "adults", "language"), _COUNTED),
        **dict.fromkeys(
            ("state", "told_revision", "created_at", "queue_number", "passed_over", "gave_feedback", "replaces"),
            _STANDING,
        ),
        **dict.fromkeys(("proof_expires_at", "proven_at", "proof", "offer_expires_at", "offers_run_out"), _STANDING),
        **dict.fromkeys(("ended_at", "ending", "emptied_at"), _STANDING),
    },
    "signups.OutboxMessage": {
        **dict.fromkeys(("id", "uuid", "kind", "sign_up", "date_interest", "invitation", "letter"), _MAIL),
        **dict.fromkeys(("dedupe_key", "state", "attempts", "error"), _MAIL),
        **dict.fromkeys(("created_at", "due_at", "first_due_at", "lease_until", "sent_at"), _MAIL),
    },
    "signups.Letter": {
        **dict.fromkeys(("id", "submit_token"), _NUMBER),
        **dict.fromkeys(("activity", "receivers", "written_at"), "about which date, when, and to how many"),
    },
    "signups.Total": dict.fromkeys(
        (
            "id",
            "activity",
            "kind",
            "state",
            "audience",
            "education_level",
            "school",
            "sign_ups",
            "seats",
            "people",
            "attended",
        ),
        _TOTAL,
    ),
    "signups.Attendance": {"id": _NUMBER},
    "signups.Feedback": dict.fromkeys(
        ("uuid", "activity", "liked", "learned", "wants_more"), "an answer that nothing leads to a person from"
    ),
    "signups.DateInterest": {
        **dict.fromkeys(("id", "uuid", "token_version"), _NUMBER),
        **dict.fromkeys(
            ("created_at", "language", "education_level", "hub", "programme", "people", "from_on", "until_on"),
            "what dates are wanted, which belongs to nobody once the address is out",
        ),
        **dict.fromkeys(("proof_expires_at", "proven_at", "told_at", "known"), "how far the telling got"),
    },
    "signups.ReplayedLedger": dict.fromkeys(("id", "position"), _NUMBER),
    "partners.User": {"id": _NUMBER},
    "partners.Membership": {"id": _NUMBER},
    "partners.Invitation": {
        "id": _NUMBER,
        **dict.fromkeys(("uuid", "token_version"), "random; names the invitation in its link"),
        **dict.fromkeys(("created_at", "expires_at", "accepted_at", "withdrawn_at"), "how the invitation stands"),
    },
    "partners.Attempt": {"id": _NUMBER},
    "admin.LogEntry": {"id": _NUMBER},
    "partners.StaffSession": {"expire_date": "when it runs out"},
    "mfa.Authenticator": {"id": _NUMBER},
    "account.EmailAddress": dict.fromkeys(("id", "user", "email", "verified", "primary"), _EMPTY),
    "account.EmailConfirmation": dict.fromkeys(("id", "email_address", "created", "sent", "key"), _EMPTY),
    "content.Revision": {"id": _NUMBER, "told_at": "when a mail about the step was queued"},
    "content.PendingChange": {"id": _NUMBER, "publish_at": "when the text is to be on the site"},
    "partners.PartnerPerson": {"id": _NUMBER, "to_confirm": "which of the texts the partners still check"},
}
