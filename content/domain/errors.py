"""Why a step of publication is refused, in a sentence for whoever asked."""


class RefusedError(Exception):
    """Nothing was changed."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
