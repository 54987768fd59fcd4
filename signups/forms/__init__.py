"""The forms of sign-ups: what a visitor may fill in, and how each mistake is explained. Deciding is the domain's."""

from signups.forms.address import AddressForm
from signups.forms.change import ClassChangeForm, RemarksForm
from signups.forms.date_wish import DateWishForm
from signups.forms.feedback import FeedbackForm
from signups.forms.person import PersonForm
from signups.forms.school_class import ClassForm
from signups.forms.sign_up import SignUpForm

__all__ = [
    "AddressForm",
    "ClassChangeForm",
    "ClassForm",
    "DateWishForm",
    "FeedbackForm",
    "PersonForm",
    "RemarksForm",
    "SignUpForm",
]
