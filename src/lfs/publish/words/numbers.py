"""How a language writes numbers, ranges and dates."""

import datetime
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cached_property

from babel.dates import format_date

from lfs.publish.bidi import bare, has_rtl_letters
from lfs.publish.content import Number
from lfs.publish.words.texts import DIGITS, Texts

MINUS = "\u2212"
PLACES = [Decimal(1).scaleb(-decimals) for decimals in range(7)]


class Numbers(Texts):
    """Numbers, shares, ranges, dates and periods in one language."""

    def counted(self, number: float, *place: str, **values: str) -> str:
        """The text at `place` in its form for the number, which it calls {count}.

        A text that depends on a number is a mapping of the language's plural forms (zero, one, two, few, many, other).
        """
        forms = self._at(place)
        text = forms.get(self.locale.plural_form(number), forms.get("other")) if isinstance(forms, Mapping) else forms
        return self._filled(text, place, {**values, "count": self.number(number)})

    def number(self, value: float, decimals: int = 0) -> str:
        """A number in the language's digits and separators; a true minus sign."""
        return self.isolate(self._written(value, decimals))

    def _written(self, value: float, decimals: int) -> str:
        """The number alone, halves rounded to even as in the locale data's own rule."""
        written = f"{Decimal(repr(abs(float(value)))).quantize(PLACES[decimals], ROUND_HALF_EVEN):,}"
        negative = value < 0 and written.strip("0.") != ""
        return (MINUS if negative else "") + written.translate(self._signs)

    @cached_property
    def _signs(self) -> dict[int, str]:
        """Digits and separators of the language, by those of English."""
        symbols = self.locale.number_symbols.get(self.digits) or self.locale.number_symbols["latn"]
        own = dict(zip("0123456789", DIGITS[self.digits], strict=True))
        return str.maketrans({**own, ",": symbols["group"], ".": symbols["decimal"]})

    def percent(self, value: float, decimals: int = 1) -> str:
        """A fraction as per cent, with its sign."""
        return self.isolate(self("numbers", "percent", value=bare(self.number(100 * value, decimals))))

    def numeral(self, value: float, decimals: int = 0) -> Number:
        """A number of a table, written and as it is."""
        return Number(self.number(value, decimals), value, "#,##0" + ("." + "0" * decimals if decimals else ""))

    def share(self, value: float, decimals: int = 1) -> Number:
        """A fraction of a table, written as per cent, and as it is."""
        return Number(self.percent(value, decimals), value, "0" + ("." + "0" * decimals if decimals else "") + "%")

    def range(self, lower: str, upper: str) -> str:
        """From one number to another, as it stands in a table.

        As it stands in text where a limit has words in it or is negative: after a dash a minus sign cannot be told.
        """
        if has_rtl_letters(lower + upper) or MINUS in lower + upper:
            return self("numbers", "range_in_words", lower=lower, upper=upper)
        return self.isolate(self("numbers", "range", lower=bare(lower), upper=bare(upper)))

    def date(self, value: datetime.date) -> str:
        """Day, month and year."""
        return self.numerals(format_date(value, format=self("language", "date"), locale=self.locale))

    def period(self, start: datetime.date, end: datetime.date, *, short: bool = False) -> str:
        """The months from start to end: "July to December 2021", in short "Jul–Dec 2021"."""
        month = self("language", "month_short" if short else "month")
        first, last = (format_date(day, format=month, locale=self.locale) for day in (start, end))
        years = [self.isolate(self.numerals(str(day.year))) for day in (start, end)]
        form = "short" if short else "long"
        if (start.year, start.month) == (end.year, end.month):
            return self("numbers", f"month_{form}", month=last, year=years[1])
        if start.year == end.year:
            return self("numbers", f"months_{form}", first=first, last=last, year=years[1])
        return self("numbers", f"years_{form}", first=first, first_year=years[0], last=last, year=years[1])

    def level(self, confidence: float) -> str:
        """The level of confidence, as per cent without needless decimals."""
        return self.percent(confidence, 0 if round(100 * confidence, 6).is_integer() else 1)
