"""Who reads what we say of a sign-up: its participant, the guardian of a child, or the teacher of a class."""

from signups.models import Kind, SignUp


def to_whom(sign_up: SignUp, *, participant: str, guardian: str, teacher: str) -> str:
    """The sentence for who reads it: only a participant is the one that comes."""
    if sign_up.kind == Kind.CLASS:
        return teacher
    return guardian if sign_up.needs_guardian else participant
