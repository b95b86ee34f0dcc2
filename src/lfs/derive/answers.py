"""What was answered, where a question may not be part of the survey at all."""

from pandas import Series


def said(answers: Series | None, answer: str, like: Series) -> Series:
    """Whether the answer was given, one truth a row of `like`; nobody gave it where the question is not asked."""
    return Series(False, index=like.index) if answers is None else answers == answer


def begins(codes: Series | None, beginning: str, like: Series) -> Series:
    """Whether the code begins so, one truth a row of `like`; no code does where the survey has none."""
    if codes is None:
        return Series(False, index=like.index)
    return codes.str.startswith(beginning).fillna(False).astype(bool)
