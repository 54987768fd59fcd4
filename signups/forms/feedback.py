"""Three questions about a date, each with five answers in words that children use."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from signups.models.feedback import HIGHEST, LOWEST, SCALES


def scale_field(question: Any, *answers: Any) -> forms.TypedChoiceField:
    """From the lowest answer to the highest."""
    choose = _("Kies een antwoord.")
    return forms.TypedChoiceField(
        label=question,
        choices=list(zip(range(LOWEST, HIGHEST + 1), answers, strict=True)),
        coerce=int,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={"required": choose, "invalid_choice": choose},
    )


class FeedbackForm(forms.Form):
    """The scales of Feedback."""

    liked = scale_field(
        _("Hoe leuk was het?"), _("Niet leuk"), _("Niet zo leuk"), _("Gewoon"), _("Leuk"), _("Heel leuk")
    )
    learned = scale_field(
        _("Hoeveel heb je geleerd?"), _("Niets"), _("Weinig"), _("Een beetje"), _("Veel"), _("Heel veel")
    )
    wants_more = scale_field(
        _("Wil je vaker iets met techniek doen?"),
        _("Nee"),
        _("Liever niet"),
        _("Misschien"),
        _("Ja"),
        _("Ja, heel graag"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.use_required_attribute = False
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*(Field(name, template="components/scale.html") for name in SCALES))
