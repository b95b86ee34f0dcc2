"""What a language calls variables, categories, groups, marks and offices, and how it joins names."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from babel.lists import format_list

from lfs.metadata.assumptions import Assumption
from lfs.publish.bidi import has_letters
from lfs.publish.words.numbers import Numbers


class Names(Numbers):
    """Names of what is declared, and lists of names, in one language."""

    def variable(self, name: str) -> str:
        """The name of a variable, of an option of a multiple one (`farm_work_crops`), or of a supplied concept."""
        if self.has("variables", name):
            return self("variables", name, "name")
        if name.endswith("_national"):
            return self("supplied", variable=self.variable(name.removesuffix("_national")))
        for standard in ("icls13", "icls21"):
            if name.endswith(f"_{standard}"):
                named = {"variable": self.variable(name.removesuffix(f"_{standard}"))}
                return self("by_standard", **named, standard=self("standards", standard, "name"))
        for base, declared in self.labels.get("variables", {}).items():
            option = name.removeprefix(f"{base}_")
            if option != name and option in declared.get("options", {}):
                return self("option", variable=self(*("variables", base, "name")), option=declared["options"][option])
        return self("variables", name, "name")

    def category(self, variable: str, code: str) -> str:
        """The name of a category; `total` and `not_stated` included."""
        if code == "total":
            return self("variables", variable, "total")
        if code == "not_stated":
            return self("not_stated")
        label = self("variables", variable, "categories", code)
        return label if has_letters(label) else self.isolate(label)

    def group(self, where: Mapping[str, str]) -> str:
        """Whom a figure is of: its categories beside each other, nothing where it is of all."""
        return self.beside(self.category(variable, code) for variable, code in where.items())

    def by(self, variables: tuple[str, ...]) -> str:
        """What stands after "by" in the title of a table of these variables."""
        return self.listed([self("variables", name, "by") for name in variables])

    def listed(self, parts: Sequence[str]) -> str:
        """ "a, b and c"."""
        return self._joined(list(parts), "standard")

    def listed_or(self, parts: Sequence[str]) -> str:
        """ "a, b or c"."""
        return self._joined(list(parts), "or")

    def inside(self, name: str) -> str:
        """A name where it does not come first: without its capital, where the language has any and it is no acronym."""
        return name[:1].lower() + name[1:] if name[1:2].islower() else name

    def beside(self, parts: Iterable[str]) -> str:
        """ "a, b": what names one thing together, or stands beside it."""
        return ("\u060c " if self.direction == "rtl" else ", ").join(parts)

    def in_turn(self, parts: Iterable[str]) -> str:
        """ "a; b": what is said one after another."""
        return ("\u061b " if self.direction == "rtl" else "; ").join(parts)

    def _joined(self, parts: list[str], style: Literal["standard", "or"]) -> str:
        """A list as the locale data write it, or as the language says where it has lists of its own.

        The locale data of some languages (Sorani) join the parts of a list with English words and commas.
        """
        if not self.has("language", "lists"):
            return format_list(parts, style=style, locale=self.locale)
        between, last = (self("language", "lists", style, name) for name in ("between", "last"))
        return last.join([between.join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)

    def explained(self, mark: str) -> str:
        """A mark and what it means."""
        return f"{self('marks', mark, 'short')} {self('marks', mark, 'meaning')}"

    def assumption(self, stated: Assumption) -> str:
        """An assumption that the program states in English, in this language."""
        text = stated.text if self.language == "en" else self("assumptions", stated.key, "text")
        return text[:1].upper() + text[1:]

    def office(self, code: str, *, short: bool = False) -> str:
        """The name of an office; an office without one in the labels is called by the code that the survey gave it."""
        form = "short" if short and self.has("offices", code, "short") else "name"
        return self("offices", code, form) if self.has("offices", code) else code
