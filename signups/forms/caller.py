"""The sign-up forms as staff fill them in for a caller. Without an address the seat is certain at once."""

from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar, Final

from crispy_forms.layout import Field, Fieldset
from django import forms
from django.utils.translation import gettext_lazy as _

from hubs.availability import Door, door, takes_waiting, too_few_for_some
from hubs.models import Activity, Audience
from signups.domain.application import Application
from signups.forms.fields import PhoneField
from signups.forms.person import I_AM, WITH_LEVEL, PersonForm
from signups.forms.school_class import ClassForm
from signups.forms.sign_up import SignUpForm
from signups.models import AgeBand

SEATED = _("Leeg: de plek is meteen zeker, en er gaat geen mail uit.")
WAITS = _("Leeg: de aanmelding staat meteen op de wachtlijst. Er gaat geen mail uit: bel zelf als er een plek is.")
SEATED_OR_WAITS = _(
    "Leeg: de plekken zijn meteen zeker, of de klas staat meteen op de wachtlijst. Er gaat geen mail uit."
)
WITH_ADDRESS = _("Vul je wel een adres in, dan moet de beller eerst op de knop in onze mail drukken.")
WITHOUT_NUMBER: Final = _(
    "Vul een telefoonnummer in, zoals 0348 12 34 56. Zonder e-mailadres kunnen we alleen zo iets laten weten."
)
TOLD = _("Ik heb de beller verteld wat we met de gegevens doen")
NOT_TOLD: Final = _("Vertel de beller wat we met de gegevens doen en zet daarna een vinkje.")


class CallerForm(PersonForm):
    """One person. Under 16 a guardian consents by mail, as ever."""

    for_visitors = False
    audience_labels = I_AM | {Audience.CAREER_CHANGER: _("Zij-instromer: wil van werk wisselen")}
    needed: ClassVar[dict[str, Any]] = PersonForm.needed | {
        "guardian_name": _("Vul de naam van de ouder of verzorger in."),
        "guardian_email": _("Vul het e-mailadres van de ouder of verzorger in, zoals naam@voorbeeld.nl."),
        "education_level": _("Kies het niveau."),
    }

    phone = PhoneField(
        label=_("Telefoonnummer"),
        help_text=_("Nodig als er geen e-mailadres is. Is er wel een, dan bewaren we dit niet."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )

    def adapt(self) -> None:
        super().adapt()
        labels = {
            "participant_name": _("Naam"),
            "age_band": _("Hoe oud op de dag zelf?"),
            "email": _("E-mailadres (mag leeg blijven)"),
            "guardian_name": _("Naam van de ouder of verzorger"),
            "guardian_email": _("E-mailadres van de ouder of verzorger"),
            "audience": _("Wat is de deelnemer?"),
            "school": _("School (mag leeg blijven)"),
            "privacy": TOLD,
        }
        missing = {
            "participant_name": _("Vul de naam in."),
            "age_band": _("Kies hoe oud de deelnemer op de dag zelf is."),
            "audience": _("Kies wat de deelnemer is."),
            "privacy": NOT_TOLD,
        }
        _reword(self, labels, missing)
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
            participant_name=_("Onder de 16 is een voornaam genoeg.") if "age_band" in self.fields else "",
            age_band="",
            email=_about_address(self.activity, self.now, for_class=False),
            guardian_name="",
            guardian_email=consent,
            audience="",
            education_level="" if set(self.audiences) <= WITH_LEVEL else _("Alleen voor een leerling of student."),
            school="",
            remarks=_(
                "Bijvoorbeeld wat de deelnemer nodig heeft om mee te doen. Schrijf liever niets over gezondheid."
            ),
        )

    def steps(self) -> list[Fieldset]:
        who, reached, *rest = super().steps()
        reached.fields.append(Field("phone", wrapper_class="for-from-16") if "age_band" in self.fields else "phone")
        return _titled([who, reached, *rest], _("Wie komt er?"), _("Waar kan een mail heen?"))

    def check(self, cleaned: dict[str, Any]) -> None:
        super().check(cleaned)
        if self.chosen_age() == AgeBand.FROM_16 and not self.data.get("email", "").strip():
            self._forgive("email")
            _need_number(self)
        elif self.chosen_age():
            self._forgive("phone")

    def application(self, language: str) -> Application:
        return replace(super().application(language), phone=self.cleaned_data["phone"])


class CallingClassForm(ClassForm):
    """One class, whole."""

    for_visitors = False

    def adapt(self) -> None:
        super().adapt()
        self.fields["email"].required = False
        labels = {
            "contact_name": _("Naam van de docent"),
            "email": _("E-mailadres (mag leeg blijven)"),
            "phone": _("Telefoonnummer"),
            "privacy": TOLD,
        }
        _reword(self, labels, {"contact_name": _("Vul de naam van de docent in."), "privacy": NOT_TOLD})
        self.explain(
            contact_name="",
            email=_about_address(self.activity, self.now, for_class=True),
            school="",
            education_level="",
            phone=_("Nodig als er geen e-mailadres is."),
            school_other=_("Staat de school niet in de lijst? Vul hier de naam in."),
            remarks=_("Bijvoorbeeld hoe laat de klas er kan zijn. Schrijf hier geen namen van leerlingen."),
        )

    def steps(self) -> list[Fieldset]:
        return _titled(super().steps(), _("Welke klas komt er?"), _("Wie komt er met de klas?"))

    def check(self, cleaned: dict[str, Any]) -> None:
        super().check(cleaned)
        if not self.data.get("email", "").strip():
            _need_number(self)


def _reword(form: SignUpForm, labels: dict[str, Any], missing: dict[str, Any]) -> None:
    """The public form speaks to who comes; this one to staff. `missing` is said where nothing was filled in."""
    for name, label in labels.items():
        if name in form.fields:
            form.fields[name].label = label
    for name, sentence in missing.items():
        if name in form.fields:
            form.fields[name].error_messages["required"] = sentence


def _need_number(form: SignUpForm) -> None:
    """Whom no mail reaches can only be called."""
    form.errors.pop("phone", None)
    if not form.cleaned_data.get("phone"):
        form.add_error("phone", WITHOUT_NUMBER)


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
