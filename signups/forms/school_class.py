"""The form of a class, filled in by its teacher: counts, never names of pupils."""

from typing import Any, ClassVar, Final

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from hubs.availability import class_sizes, too_few_for_some
from signups.domain.admission import check_class_size
from signups.domain.application import Application
from signups.domain.errors import RefusedError
from signups.forms.fields import AddressField, CountField, NameField, PhoneField
from signups.forms.sign_up import SignUpForm
from signups.models import Kind

MOST_PUPILS: Final = 999
MOST_ADULTS: Final = 99


def pupils_field() -> CountField:
    return CountField(
        label=_("Aantal leerlingen"), least=1, most=MOST_PUPILS, required_message=_("Vul in hoeveel leerlingen komen.")
    )


def adults_field() -> CountField:
    field = CountField(
        label=_("Aantal begeleiders"),
        help_text=_("Begeleiders nemen geen plek in. Komt er niemand mee? Vul 0 in."),
        least=0,
        most=MOST_ADULTS,
        required_message=_("Vul in hoeveel begeleiders meekomen."),
    )
    field.error_messages["invalid"] = _("Vul een getal in, bijvoorbeeld 2.")
    return field


class ClassForm(SignUpForm):
    """A school of the register or another one by name; whether there is room for it is the domain's to say."""

    kind: ClassVar[Kind] = Kind.CLASS

    class_name = NameField(
        label=_("Naam van de klas"),
        help_text=_("Bijvoorbeeld 2B. Zo houden we de klassen van één school uit elkaar."),
        required_message=_("Vul de naam van de klas in, bijvoorbeeld 2B."),
    )
    pupils = pupils_field()
    adults = adults_field()
    contact_name = NameField(
        label=_("Je naam"),
        help_text=_("Zo weten we wie we schrijven. Namen van leerlingen hebben we niet nodig."),
        required_message=_("Vul je naam in."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = AddressField(
        label=_("Je e-mailadres"),
        help_text=_(
            "Je krijgt een mail. Open de link in die mail en druk daar op de knop. Dan pas telt de aanmelding."
        ),
        required_message=_("Vul je e-mailadres in, zoals naam@school.nl."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = PhoneField(
        label=_("Je telefoonnummer (mag leeg blijven)"),
        help_text=_("Alleen voor als er op de dag zelf iets is."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    def adapt(self) -> None:
        self.fields["school_other"].label = _("Andere school")
        self.explain(
            pupils=" ".join(filter(None, [self._size(), self._seats()])),
            school=_("Zo weten we welke klas we verwachten."),
            school_other=_("Staat je school niet in de lijst? Vul hier de naam in."),
            education_level=_("Dan sluit de les aan bij wat de klas al kan."),
            remarks=_("Bijvoorbeeld hoe laat jullie er kunnen zijn. Schrijf hier geen namen van leerlingen."),
        )

    def _size(self) -> str:
        least, most = self.activity.class_size_min, self.activity.class_size_max and class_sizes(self.activity)[1]
        if least and most:
            return _("Van %(least)d tot en met %(most)d leerlingen.") % {"least": least, "most": most}
        if most:
            return _("Hoogstens %(n)d leerlingen.") % {"n": most}
        return _("Minstens %(n)d leerlingen.") % {"n": least} if least else ""

    def _seats(self) -> str:
        """Where not every class that may come fits."""
        left = too_few_for_some(self.activity)
        return (
            ngettext("Er is nog %(n)d plek vrij.", "Er zijn nog %(n)d plekken vrij.", left) % {"n": left}
            if left
            else ""
        )

    def steps(self) -> list[Fieldset]:
        level = ["education_level"] if "education_level" in self.fields else []
        return [
            Fieldset(
                _("Welke klas komt er?"),
                "school",
                "school_other",
                "class_name",
                *level,
                "pupils",
                "adults",
                css_class="step",
            ),
            Fieldset(_("Wie ben jij?"), "contact_name", "email", "phone", css_class="step"),
            Fieldset(_("Nog iets?"), "remarks", "privacy", css_class="step"),
        ]

    def check(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("school") and cleaned.get("school_other"):
            self.add_error("school_other", _("Kies een school uit de lijst, of vul er zelf een in. Niet allebei."))
        if not (cleaned.get("school") or cleaned.get("school_other") or {"school", "school_other"} & set(self.errors)):
            self.add_error("school", _("Kies de school, of vul hieronder een andere school in."))
        if "education_level" in self.fields and not (
            cleaned.get("education_level") or "education_level" in self.errors
        ):
            self.add_error("education_level", _("Kies het niveau van de klas."))
        if "pupils" in cleaned and self.activity.for_classes:
            self._check_size(cleaned["pupils"])

    def _check_size(self, pupils: int) -> None:
        """The domain's own rule, asked early, so that its sentence comes together with the others."""
        try:
            check_class_size(self.activity, pupils)
        except RefusedError as error:
            self.refuse(error)

    def application(self, language: str) -> Application:
        given = self.cleaned_data
        level, school = given.get("education_level"), given.get("school")
        assert self.token
        return Application(
            kind=self.kind,
            name=given["class_name"],
            email=given["email"],
            language=language,
            submit_token=self.token.uuid,
            contact_name=given["contact_name"],
            phone=given["phone"],
            education_level_id=level.pk if level else None,
            school_id=school.pk if school else None,
            school_other="" if school else given["school_other"],
            pupils=given["pupils"],
            adults=given["adults"],
            remarks=given["remarks"],
        )
