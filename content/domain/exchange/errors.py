"""What can be wrong with a file. Each carries a sentence that says what to do."""

from django.utils.translation import gettext as _


class FileError(Exception):
    """The file as a whole cannot be read."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class CellError(Exception):
    """The value of one cell cannot be used."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NoNumberError(CellError):
    """What stands there is no number at all."""

    def __init__(self) -> None:
        super().__init__(_("Vul een getal in, zoals 12 of 12,50."))
