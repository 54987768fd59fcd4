"""Fields that forgive what people paste, and explain what they cannot use."""

import re
import unicodedata
from typing import Any, Final

from django import forms
from django.core.validators import EmailValidator, RegexValidator
from django.utils.translation import gettext_lazy as _

# A name ends up in mails to others, so it must not carry an address to click on. "Mw.de Boer" is a name.
LINK: Final = re.compile(r"://|www\.|@|\w{2,}\.(?:(?:com|net|nl|org|info|io|eu|ru|be)\b|de(?:/|$))", re.IGNORECASE)
PHONE: Final = r"^\+?[\d ()-]{8,20}$"
NOT_A_NUMBER: Final = _("Vul een telefoonnummer in, zoals 0348 12 34 56, of laat het leeg.")
TOO_LONG: Final = _("Houd het bij %(limit_value)d tekens; dit zijn er %(show_value)d.")
NOT_AN_ADDRESS: Final = _("Dit adres is niet af. Vul het in zoals naam@school.nl.")


def plain_line(text: str) -> str:
    """One line: line ends and doubled spaces become a space; invisible controls, such as those that turn text, go."""
    seen = "".join(" " if char.isspace() else char for char in text)
    kept = "".join(char for char in seen if unicodedata.category(char) not in {"Cc", "Cf", "Co", "Cn"})
    return " ".join(kept.split())


class NameField(forms.CharField):
    """The name of somebody, or of a class or school."""

    def __init__(self, *, max_length: int = 80, required_message: Any = "", **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.error_messages["required"] = required_message
        self.error_messages["max_length"] = TOO_LONG

    def to_python(self, value: Any) -> str:
        return plain_line(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if LINK.search(value):
            raise forms.ValidationError(_("Vul hier een naam in, geen webadres of e-mailadres."))


class AddressField(forms.EmailField):
    """An e-mail address, in lower case: the database compares them as they are."""

    default_validators = [EmailValidator(NOT_AN_ADDRESS)]

    def __init__(self, *, required_message: Any = "", **kwargs: Any) -> None:
        super().__init__(max_length=254, **kwargs)
        self.error_messages["required"] = required_message
        self.error_messages["max_length"] = NOT_AN_ADDRESS

    def to_python(self, value: Any) -> str:
        return plain_line(super().to_python(value) or "").lower()


class CountField(forms.IntegerField):
    """How many people."""

    def __init__(self, *, least: int, most: int, required_message: Any, **kwargs: Any) -> None:
        super().__init__(min_value=least, max_value=most, **kwargs)
        self.widget.attrs["inputmode"] = "numeric"
        self.error_messages["required"] = required_message
        self.error_messages["invalid"] = _("Vul een getal in, bijvoorbeeld 24.")
        bounds = _("Vul een getal in van %(least)d tot en met %(most)d.") % {"least": least, "most": most}
        self.error_messages["min_value"] = self.error_messages["max_value"] = bounds


class PhoneField(forms.CharField):
    """A telephone number as people write it."""

    default_validators = [RegexValidator(PHONE, NOT_A_NUMBER)]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, required=False, **kwargs)
        self.error_messages["max_length"] = NOT_A_NUMBER

    def to_python(self, value: Any) -> str:
        return plain_line(super().to_python(value) or "")


class RemarksField(forms.CharField):
    """Free text of a few lines."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=500, required=False, **kwargs)

    def to_python(self, value: Any) -> str:
        lines = (super().to_python(value) or "").splitlines()
        return "\n".join(map(plain_line, lines)).strip()
