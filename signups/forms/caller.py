"""The sign-up forms as staff fill them in for a caller. Without an address the seat is certain at once."""

from typing import Any

from crispy_forms.layout import Fieldset
from django.utils.translation import gettext_lazy as _

from signups.forms.person import PersonForm
from signups.forms.school_class import ClassForm
from signups.models import AgeBand

WITHOUT_ADDRESS = _(
    "Leeg: de plek is meteen zeker, en er gaat geen mail uit. "
    "Vul je wel een adres in, dan moet de beller eerst op de knop in onze mail drukken."
)
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
        consent = _(
            "De ouder of verzorger krijgt een mail en geeft daarin toestemming. Tot dan houden we de plek vast."
        )
        self.explain(
            participant_name=_("Onder de 16 is een voornaam genoeg."),
            age_band="",
            email=WITHOUT_ADDRESS,
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
        self.explain(contact_name="", email=WITHOUT_ADDRESS, school="", education_level="")

    def steps(self) -> list[Fieldset]:
        return _titled(super().steps(), _("Welke klas komt er?"), _("Wie komt er met de klas?"))


def _titled(steps: list[Fieldset], *titles: Any) -> list[Fieldset]:
    """The first ones under other titles: the public form speaks to who comes."""
    for step, title in zip(steps, titles, strict=False):
        step.legend = title
    return steps
