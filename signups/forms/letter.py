"""What staff write to who signed up for a date: to whom, a subject and plain text, and both in English if they like."""

import re
from collections import Counter
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hubs.models import Activity
from signups.domain import letters
from signups.domain.letters import Draft, Reach
from signups.forms.fields import TOO_LONG, plain_line
from signups.models import Kind, SignUp, State
from signups.models.letter import MOST_IN_SUBJECT, MOST_IN_TEXT

TICKS: Final = 300  # one by one; for more there are the groups
WAITING: Final = {State.WAITING, State.OFFERED}
GROUPS: Final[dict[str, Any]] = {
    "coming_person": gettext_lazy("Personen die komen"),
    "coming_class": gettext_lazy("Klassen die komen"),
    "waiting_person": gettext_lazy("Personen die op een plek wachten"),
    "waiting_class": gettext_lazy("Klassen die op een plek wachten"),
    "called_off_person": gettext_lazy("Personen die zouden komen (de activiteit gaat niet door)"),
    "called_off_class": gettext_lazy("Klassen die zouden komen (de activiteit gaat niet door)"),
}
REINSTATED: Final[dict[str, Any]] = {
    "called_off_person": gettext_lazy("Personen die hun plek verloren toen de activiteit was afgelast"),
    "called_off_class": gettext_lazy("Klassen die hun plek verloren toen de activiteit was afgelast"),
}


class KnownChoices(forms.MultipleChoiceField):
    """Forgets what is not, or no longer, among the choices: who is not of this date, or left meanwhile."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value: Any) -> list[str]:
        return [choice for choice in super().to_python(value) if self.valid_value(choice)]


class TypedField(forms.CharField):
    """Plain text without invisible signs. The browser cuts nothing off: a sentence says that it is too long."""

    def __init__(self, *, is_line: bool, **kwargs: Any) -> None:
        self._is_line = is_line
        super().__init__(max_length=MOST_IN_SUBJECT if is_line else MOST_IN_TEXT, **kwargs)
        self.error_messages["max_length"] = TOO_LONG
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        if self._is_line:
            return plain_line(text)
        return re.sub(r"\n{3,}", "\n\n", "\n".join(map(plain_line, text.splitlines()))).strip()


def _line(label: Any, **kwargs: Any) -> TypedField:
    return TypedField(is_line=True, label=label, **kwargs)


def _text(label: Any, **kwargs: Any) -> TypedField:
    return TypedField(is_line=False, label=label, widget=forms.Textarea(attrs={"rows": 10}), **kwargs)


class LetterForm(forms.Form):
    """For one date. `entries` are all whom it may concern; `chosen` are those picked, once it is valid."""

    to = KnownChoices(label=gettext_lazy("Aan wie schrijf je?"), required=False)
    only = KnownChoices(label=gettext_lazy("Of kies ze een voor een"), required=False)
    subject = _line(
        gettext_lazy("Onderwerp"), error_messages={"required": gettext_lazy("Vul in waar het bericht over gaat.")}
    )
    text = _text(gettext_lazy("Bericht"), error_messages={"required": gettext_lazy("Schrijf hier je bericht.")})
    subject_en = _line(gettext_lazy("Onderwerp in het Engels"), required=False)
    text_en = _text(gettext_lazy("Bericht in het Engels"), required=False)

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.use_required_attribute = False  # the page explains mistakes itself, in one language
        self.activity = activity
        self.entries = list(letters.addressees(activity))
        self.fields["to"].choices = _groups(self.entries, activity)  # type: ignore[attr-defined]
        ticks = [(str(entry.uuid), _label(entry)) for entry in self.entries if entry.email]
        self.fields["only"].choices = ticks[:TICKS]  # type: ignore[attr-defined]
        self.leaves_out = len(ticks) > TICKS
        self.in_english = sum(entry.language == "en" for entry in self.entries if entry.email)

    @property
    def chosen(self) -> list[SignUp]:
        """Of a group, or ticked."""
        groups, ticked = set(self.cleaned_data["to"]), set(self.cleaned_data["only"])
        return [entry for entry in self.entries if _group(entry) in groups or str(entry.uuid) in ticked]

    @property
    def draft(self) -> Draft:
        """The typed texts."""
        cleaned = self.cleaned_data
        english = {name: cleaned[name] or None for name in ("subject_en", "text_en")}
        return Draft(cleaned["subject"], cleaned["text"], **english)

    def clean_subject(self) -> str:
        return self._without_names(self.cleaned_data["subject"])

    def clean_subject_en(self) -> str:
        return self._without_names(self.cleaned_data["subject_en"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._check_english(cleaned)
        if not self.chosen:
            self.add_error("to", _("Kies aan wie je schrijft."))
        return cleaned

    def reached(self) -> Reach | None:
        """Whom it would go to now; None, and the form says why, when that is nobody."""
        reach = letters.reach(self.activity, self.chosen, self.draft)
        if reach.receivers:
            return reach
        if reach.have_it:
            self.add_error("text", _("Iedereen die je koos, kreeg dit bericht al. Verander de tekst of kies anderen."))
        else:
            self.add_error("to", _("Van wie je koos, weten we geen e-mailadres. Bel ze, of kies anderen."))
        return None

    def _check_english(self, cleaned: dict[str, Any]) -> None:
        """Both or neither."""
        for missing, other in (("subject_en", "text_en"), ("text_en", "subject_en")):
            if cleaned.get(other) and cleaned.get(missing) == "":
                sentence = _("Vul het Engels helemaal in, of laat allebei leeg.")
                self.add_error(missing, sentence)

    def _without_names(self, subject: str) -> str:
        """A subject is read on a locked screen, and by whoever looks along."""
        names = {
            name for entry in self.entries if entry.kind == Kind.PERSON for name in (entry.name, entry.contact_name)
        }
        named = [name for name in names if name and re.search(rf"\b{re.escape(name)}\b", subject, re.IGNORECASE)]
        if named:
            sentence = _("In het onderwerp staat de naam van een deelnemer: %(name)s. Haal die weg.")
            raise forms.ValidationError(sentence % {"name": named[0]})
        return subject


def _group(entry: SignUp) -> str:
    standing = "coming" if entry.state == State.CONFIRMED else "waiting" if entry.state in WAITING else "called_off"
    return f"{standing}_{entry.kind}"


def _groups(entries: list[SignUp], activity: Activity) -> list[tuple[str, str]]:
    """Those with somebody in them, with how many."""
    labels = GROUPS if activity.cancelled_at else GROUPS | REINSTATED
    all_of, without = Counter(map(_group, entries)), Counter(_group(entry) for entry in entries if not entry.email)
    return [(key, _counted(label, all_of[key], without[key])) for key, label in labels.items() if all_of[key]]


def _counted(label: Any, number: int, without: int) -> str:
    if not without:
        return f"{label}: {number}"
    missing = ngettext("van %(n)d geen e-mailadres", "van %(n)d geen e-mailadres", without) % {"n": without}
    return f"{label}: {number}, {missing}"


def _label(entry: SignUp) -> str:
    """Under whose name, with whose child or class it is."""
    who = f"{entry.name} ({entry.contact_name})" if entry.contact_name else entry.name
    return who if entry.state not in WAITING else _("%(who)s, wacht op een plek") % {"who": who}
