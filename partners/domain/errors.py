"""Why a change to the staff of a partner is refused: always with a sentence that says what to do."""


class RefusedError(Exception):
    """Nothing was changed. `field` names the form field that the sentence belongs to, if any."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class GoneError(Exception):
    """There is no such thing for this person, or no longer; which of both, nobody is told."""
