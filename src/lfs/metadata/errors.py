"""The one class for what a user can mend."""


class SurveyError(Exception):
    """Something in a declared or delivered file that the survey's staff can put right.

    Each problem is one plain sentence or line: the file (and its line), office, round, variable, value or codes,
    number of rows, and what to do. Never a person's values.
    """

    def __init__(self, *problems: str) -> None:
        super().__init__(*problems)
        self.problems: tuple[str, ...] = problems

    def __str__(self) -> str:
        return "\n".join(self.problems)
