"""Why a sign-up or a change is refused: each with a sentence that says what to do."""

from enum import StrEnum


class Reason(StrEnum):
    """What the page that answers depends on."""

    FULL = "full"
    CLOSED = "closed"
    NOT_OPEN_YET = "not_open_yet"
    CANCELLED = "cancelled"
    NOT_PUBLIC = "not_public"
    NOT_FOR_THIS_KIND = "not_for_this_kind"
    CLASS_SIZE = "class_size"
    TOO_MANY_UNPROVEN = "too_many_unproven"
    NO_LONGER = "no_longer"
    ALREADY_THERE = "already_there"


class RefusedError(Exception):
    """Nothing was changed. `field` names the form field that the sentence belongs to, if any."""

    def __init__(self, reason: Reason, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.reason = reason
        self.sentence = sentence
        self.field = field
