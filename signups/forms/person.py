"""The form of one person. Under 16 a guardian's address takes the place of one's own."""

from typing import Any, ClassVar

from crispy_forms.layout import HTML, Field, Fieldset
from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hubs.models import Audience
from signups.domain.application import Application
from signups.forms.fields import AddressField, NameField
from signups.forms.sign_up import SignUpForm
from signups.models import AgeBand, Kind

# In the singular: one says it of oneself.
I_AM = {
    Audience.PUPIL: _("Leerling"),
    Audience.STUDENT: _("Student"),
    Audience.CAREER_CHANGER: _("Zij-instromer: ik wil van werk wisselen"),
    Audience.EMPLOYEE: _("Werknemer"),
    Audience.TEACHER: _("Docent"),
    Audience.PARENT: _("Ouder of verzorger"),
}
BEFORE_AGE = format_lazy('<p class="before-age">{}</p>', _("Kies eerst hoe oud je bent, bij stap 1."))
WITH_LEVEL = {Audience.PUPIL.value, Audience.STUDENT.value}
# What nobody is asked where only adults come: all of them are 16 or older.
OF_LEARNERS = ("age_band", "guardian_name", "guardian_email", "education_level", "school", "school_other")
FOR_ADULTS = format_lazy("<p>{}</p>", _("Deze activiteit is voor wie 16 jaar of ouder is."))


class PersonForm(SignUpForm):
    """Which of the two addresses is needed follows from the age; which questions are asked, from the programme."""

    kind: ClassVar[Kind] = Kind.PERSON
    audience_labels: ClassVar[dict[Audience, Any]] = I_AM
    needed: ClassVar[dict[str, Any]] = {
        "guardian_name": _("Vul de naam van je ouder of verzorger in."),
        "guardian_email": _("Vul het e-mailadres van je ouder of verzorger in, zoals naam@voorbeeld.nl."),
        "email": _("Vul je e-mailadres in, zoals naam@voorbeeld.nl."),
        "education_level": _("Kies je niveau."),
    }

    participant_name = NameField(
        label=_("Je naam"),
        help_text=_("Zo staat je naam op de lijst bij de deur. Ben je jonger dan 16? Dan is je voornaam genoeg."),
        required_message=_("Vul je naam in."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    age_band = forms.ChoiceField(
        label=_("Hoe oud ben je op de dag zelf?"),
        help_text=_("Ben je jonger dan 16? Dan moet je ouder of verzorger het goedvinden."),
        choices=[(AgeBand.UNDER_16, _("Jonger dan 16")), (AgeBand.FROM_16, _("16 jaar of ouder"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe oud je bent."), "invalid_choice": _("Kies hoe oud je bent.")},
    )
    email = AddressField(
        label=_("Je e-mailadres"),
        help_text=_(
            "Vul in als je 16 jaar of ouder bent. Je krijgt een mail. Open de link in die mail en druk daar op de knop."
        ),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    guardian_name = NameField(
        label=_("Naam van je ouder of verzorger"),
        help_text=_("Vul in als je jonger dan 16 bent. Zo weten we wie we schrijven."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    guardian_email = AddressField(
        label=_("E-mailadres van je ouder of verzorger"),
        help_text=_(
            "Vul in als je jonger dan 16 bent. Je ouder of verzorger krijgt een mail en geeft via de link toestemming."
        ),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    audience = forms.ChoiceField(
        label=_("Wat ben je?"),
        help_text=_("Dan sluit het aan bij wat je al kunt."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat je bent."), "invalid_choice": _("Kies iets uit de lijst.")},
    )

    def adapt(self) -> None:
        self.audiences = [code for code in Audience.values if code in self.activity.programme.audiences]
        self.fields["audience"].choices = [  # type: ignore[attr-defined]
            (code, self.audience_labels[Audience(code)]) for code in self.audiences
        ]
        if len(self.audiences) < 2:
            del self.fields["audience"]
        if self.audiences and not WITH_LEVEL & set(self.audiences):
            for name in OF_LEARNERS:
                self.fields.pop(name, None)
        if "school" in self.fields:
            self.fields["school"].label = _("Je school (mag leeg blijven)")
        else:
            self.explain(
                participant_name=_("Zo staat je naam op de lijst bij de deur."),
                email=_("Je krijgt een mail. Open de link in die mail en druk daar op de knop."),
            )
        if not self.audiences and "education_level" in self.fields:
            self.fields["education_level"].label = _("Niveau (mag leeg blijven)")
        all_learn = set(self.audiences) <= WITH_LEVEL
        suits = _("Dan sluit het aan bij wat je al kunt.")
        self.explain(
            education_level=suits if all_learn else _("Ben je leerling of student? Kies dan je niveau."),
            school=_("Dan weten we welke scholen meedoen."),
            remarks=_("Bijvoorbeeld wat je nodig hebt om mee te doen. Schrijf liever niets over je gezondheid."),
        )

    def steps(self) -> list[Fieldset]:
        about = [name for name in ("audience", "education_level", "school", "school_other") if name in self.fields]
        wrapper = {"education_level": "for-learners"}
        asked = [Field(name, wrapper_class=wrapper.get(name, "")) for name in about]
        age, addresses = [HTML(FOR_ADULTS)], ["email"]
        if "age_band" in self.fields:
            age = ["age_band"]
            addresses = [
                HTML(BEFORE_AGE),
                Field("email", wrapper_class="for-from-16"),
                Field("guardian_name", wrapper_class="for-under-16"),
                Field("guardian_email", wrapper_class="for-under-16"),
            ]
        return [
            Fieldset(_("Wie ben je?"), "participant_name", *age, *asked, css_class="step"),
            Fieldset(_("Waar sturen we de mail heen?"), *addresses, css_class="step"),
            Fieldset(_("Nog iets?"), "remarks", "privacy", css_class="step"),
        ]

    def check(self, cleaned: dict[str, Any]) -> None:
        age_band = self.chosen_age()
        if age_band == AgeBand.UNDER_16:
            self._need("guardian_name", "guardian_email")
            self._forgive("email")
        elif age_band == AgeBand.FROM_16:
            self._need("email")
            self._forgive("guardian_name", "guardian_email")
        if not self._is_learner(cleaned):
            self._forgive("education_level")
        elif "education_level" in self.fields and self.audiences:
            self._need("education_level")

    def email_field_name(self) -> str:
        return "guardian_email" if self.chosen_age() == AgeBand.UNDER_16 else "email"

    def chosen_age(self) -> str:
        """As chosen, or what everybody is where only adults come; empty while it is asked and not answered."""
        return self.cleaned_data.get("age_band", "") if "age_band" in self.fields else AgeBand.FROM_16.value

    def application(self, language: str) -> Application:
        given = self.cleaned_data
        under_16 = self.chosen_age() == AgeBand.UNDER_16
        level, school = given.get("education_level"), given.get("school")
        is_learner = self._is_learner(given)
        assert self.token
        return Application(
            kind=self.kind,
            name=given["participant_name"],
            email=given[self.email_field_name()],
            language=language,
            submit_token=self.token.uuid,
            age_band=self.chosen_age(),
            contact_name=given["guardian_name"] if under_16 else "",
            audience=self._audience(given),
            education_level_id=level.pk if level and is_learner else None,
            school_id=school.pk if school else None,
            school_other="" if school else given.get("school_other", ""),
            remarks=given["remarks"],
        )

    def _audience(self, given: dict[str, Any]) -> str:
        """The one chosen, or the only one that there is."""
        return given.get("audience") or (self.audiences[0] if len(self.audiences) == 1 else "")

    def _is_learner(self, given: dict[str, Any]) -> bool:
        return not self.audiences or self._audience(given) in WITH_LEVEL

    def _need(self, *names: str) -> None:
        for name in names:
            if name not in self.errors and not self.cleaned_data.get(name):
                self.add_error(name, self.needed[name])

    def _forgive(self, *names: str) -> None:
        """What does not apply is neither wrong nor kept."""
        for name in names:
            self.errors.pop(name, None)
            if name in self.fields:
                self.cleaned_data[name] = None if name == "education_level" else ""
