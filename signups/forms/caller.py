"""The sign-up forms as staff fill them in for a caller. Without an address the seat is certain at once."""

from datetime import datetime
from typing import Any

from crispy_forms.layout import Fieldset
from django.utils.translation import gettext_lazy as _

from hubs.availability import Door, door, takes_waiting, too_few_for_some
from hubs.models import Activity
from signups.forms.person import PersonForm
from signups.forms.school_class import ClassForm
from signups.models import AgeBand

SEATED = _("Leeg: de plek is meteen zeker, en er gaat geen mail uit.")
WAITS = _("Leeg: de aanmelding staat meteen op de wachtlijst. Er gaat geen mail uit: bel zelf als er een plek is.")
SEATED_OR_WAITS = _(
    "Leeg: de plekken zijn meteen zeker, of de klas staat meteen op de wachtlijst. Er gaat geen mail uit."
)
WITH_ADDRESS = _("Vul je wel een adres in, dan moet de beller eerst op de knop in onze mail drukken.")
TOLD = _("Ik heb de beller verteld wat we met de gegevens doen")


class CallerForm(PersonForm):
    """One person. Under 16 a guardian consents by mail, as ever."""

    for_visitors = False

    def adapt(self) -> None:
        super().adapt()
        labels = {
            "participant_name": _("Naam"),
            "age_band": _("Hoe oud op de dag zelf?"),
            "email": _("E-mailadres (mag leeg blijven)"),
            "guardian_name": _("Naam van de ouder of verzorger"),
            "guardian_email": _("E-mailadres van de ouder of verzorger"),
            "audience": _("Wat is de beller?"),
            "school": _("School (mag leeg blijven)"),
            "privacy": TOLD,
        }
        for name, label in labels.items():
            if name in self.fields:
                self.fields[name].label = label
        if door(self.activity, self.now) == Door.WAITING_LIST:
            consent = _(
                "De ouder of verzorger krijgt een mail en geeft daarin toestemming. "
                "Pas dan telt de plaats op de wachtlijst."
            )
        else:
            consent = _(
                "De ouder of verzorger krijgt een mail en geeft daarin toestemming. Tot dan houden we de plek vast."
            )
        self.explain(
            participant_name=_("Onder de 16 is een voornaam genoeg."),
            age_band="",
            email=_about_address(self.activity, self.now, for_class=False),
            guardian_name="",
            guardian_email=consent,
            audience="",
            education_level="",
            school="",
        )

    def steps(self) -> list[Fieldset]:
        return _titled(super().steps(), _("Wie komt er?"), _("Waar kan een mail heen?"))

    def check(self, cleaned: dict[str, Any]) -> None:
        super().check(cleaned)
        if self.chosen_age() == AgeBand.FROM_16 and not self.data.get("email", "").strip():
            self._forgive("email")


class CallingClassForm(ClassForm):
    """One class, whole."""

    for_visitors = False

    def adapt(self) -> None:
        super().adapt()
        self.fields["email"].required = False
        labels = {
            "contact_name": _("Naam van de docent"),
            "email": _("E-mailadres (mag leeg blijven)"),
            "phone": _("Telefoonnummer (mag leeg blijven)"),
            "privacy": TOLD,
        }
        for name, label in labels.items():
            self.fields[name].label = label
        email = _about_address(self.activity, self.now, for_class=True)
        self.explain(contact_name="", email=email, school="", education_level="")

    def steps(self) -> list[Fieldset]:
        return _titled(super().steps(), _("Welke klas komt er?"), _("Wie komt er met de klas?"))


def _about_address(activity: Activity, now: datetime, *, for_class: bool) -> str:
    """What comes of a sign-up without an address, as full as the date is now."""
    if door(activity, now, for_class=for_class) == Door.WAITING_LIST:
        without = WAITS
    elif for_class and too_few_for_some(activity) and takes_waiting(activity, now):
        without = SEATED_OR_WAITS
    else:
        without = SEATED
    return f"{without} {WITH_ADDRESS}"


def _titled(steps: list[Fieldset], *titles: Any) -> list[Fieldset]:
    """The first ones under other titles: the public form speaks to who comes."""
    for step, title in zip(steps, titles, strict=False):
        step.legend = title
    return steps
