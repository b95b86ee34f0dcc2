"""How a language writes figures: in a table, in running text, with their limits, unit and marks."""

from babel.numbers import get_currency_name

from lfs.publish.figures import CONTROL, UNRELIABLE, Figure
from lfs.publish.units import UNITS
from lfs.publish.words.names import Names


class Words(Names):
    """All words of one language, and its ways of writing."""

    def quantity(self, value: float, unit: str) -> str:
        """An estimate in running text: a rate as per cent, persons in thousands or millions, others with their unit."""
        if unit == "rate":
            return self.percent(value)
        if unit not in ("persons", "households"):
            form = UNITS[unit]
            written = self.number(form.scale * value, form.decimals)
            return self("quantities", unit, value=written, **self._currency(unit))
        if abs(value) >= 999_500:
            return self("numbers", "million", value=self.number(value / 1e6, 2))
        return self("numbers", "thousand", value=self.number(value / 1e3, 1 if abs(value) < 99_950 else 0))

    def estimate(self, figure: Figure) -> str:
        """A figure in running text with its interval, hedged as its mark demands; or why it is not shown."""
        if figure.value is None:
            return self("numbers", {"z": "no_cases", "x": "not_available"}.get(figure.mark, "not_shown"))
        value = self.quantity(figure.value, figure.unit)
        if figure.lower is None or figure.upper is None:
            alone = {CONTROL: "estimate_alone", UNRELIABLE: "estimate_without_limits_unreliable"}
            return self("numbers", alone.get(figure.mark, "estimate_without_limits"), value=value)
        limits = {"lower": self._limit(figure.lower, figure.unit), "upper": self._limit(figure.upper, figure.unit)}
        form = {"u": "estimate_unreliable", "e": "estimate_caution"}.get(figure.mark, "estimate")
        return self("numbers", form, value=value, **limits)

    def _limit(self, value: float, unit: str) -> str:
        """A limit in running text, after a value that names the unit; rates and persons name theirs again."""
        if unit in ("rate", "persons", "households"):
            return self.quantity(value, unit)
        return self.number(UNITS[unit].scale * value, UNITS[unit].decimals)

    def limits(self, lower: float, upper: float, unit: str) -> str:
        """An interval that stands alone, both limits with their unit."""
        return self.range(self.quantity(lower, unit), self.quantity(upper, unit))

    def beside_figure(self, figure: Figure) -> str:
        """The marks beside an estimate that stands with its limits and nothing else, or instead of it."""
        return " ".join(self("marks", mark, "short") for mark in figure.beside)

    def cell(self, figure: Figure, column: str) -> str:
        """A figure's `value`, `se`, `interval` or `n` as a table writes it, in the table's unit."""
        if column == "interval":
            limits = [self.cell(figure, name) for name in ("lower", "upper")]
            return limits[0] if figure.lower is None else self.range(*limits)
        number = getattr(figure, column)
        if number is None:
            return self("marks", figure.instead, "short")
        if column in ("n", "n_cases"):
            return self.number(number)
        form = UNITS[figure.unit]
        return self.number(number * form.scale, form.error_decimals if column == "se" else form.decimals)

    def unit(self, unit: str, column: str) -> str:
        """What a unit is called at an axis (`table`), in the workbook (`workbook`) or for errors (`error`)."""
        return self("units", unit, column, **self._currency(unit))

    def unit_note(self, unit: str, *, workbook: bool = False) -> str:
        """The sentence that says in what the figures of a table are."""
        return self("notes", f"unit_{unit}" + "_workbook" * workbook, **self._currency(unit))

    def _currency(self, unit: str) -> dict[str, str]:
        if unit != "currency":
            return {}
        name = get_currency_name(self.currency, count=2, locale=self.locale) if self.currency else None
        return {"currency": name or self("units", "no_currency")}
