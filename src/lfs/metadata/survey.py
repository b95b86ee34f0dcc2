"""A survey: what the library declares for the field, and what config/ of the survey's folder adds or overrides."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from lfs.metadata.breakdowns import Breakdown
from lfs.metadata.by_definition import Definitions
from lfs.metadata.config import Config
from lfs.metadata.declarations import STANDARD, read_declarations
from lfs.metadata.errors import SurveyError
from lfs.metadata.generalised_variance import variance_problems
from lfs.metadata.indicators import Indicator
from lfs.metadata.labels import languages_with_labels
from lfs.metadata.references import Dictionary, drop_unavailable, undeclared
from lfs.metadata.relations import Relation
from lfs.metadata.tables import Table
from lfs.metadata.variables import Variable
from lfs.metadata.yaml import Source, nearest, read_source, validate

if TYPE_CHECKING:
    from lfs.metadata.breaks import Break
    from lfs.metadata.offices import Office
    from lfs.metadata.report import Report
    from lfs.metadata.rounds import Round


@dataclass(frozen=True)
class Survey:
    """Everything declared for one survey; offices and rounds are read when first asked for."""

    folder: Path
    config: Config
    variables: Mapping[str, Variable]
    indicators: Mapping[str, Indicator]
    breakdowns: Mapping[str, Breakdown]
    relations: Mapping[str, Relation]
    by_definition: Mapping[str, Definitions]
    tables: Mapping[str, Table]
    classifications: Mapping[str, Path]

    @cached_property
    def rounds(self) -> tuple["Round", ...]:
        from lfs.metadata.rounds import read_rounds

        offices = [path.stem for path in sorted((self.folder / "config/offices").glob("*.yaml"))]
        return tuple(read_rounds(self.folder / "config/rounds.csv", offices))

    @property
    def round_names(self) -> tuple[str, ...]:
        """The rounds, oldest first."""
        return tuple(dict.fromkeys(row.round for row in self.rounds))

    @cached_property
    def offices(self) -> Mapping[str, "Office"]:
        from lfs.metadata.offices import read_offices

        return MappingProxyType(dict(read_offices(self.folder / "config/offices", self.variables, self.round_names)))

    @cached_property
    def report(self) -> "Report":
        from lfs.metadata.report import read_report

        return read_report(self.folder)

    @cached_property
    def breaks(self) -> tuple["Break", ...]:
        """Where series break (config/breaks.csv)."""
        from lfs.metadata.breaks import read_breaks

        return read_breaks(self.folder, self.round_names, self.indicators)

    @cached_property
    def plan(self) -> Mapping[str, tuple[str, ...]]:
        """Each indicator, and the breakdowns it is estimated by: those that something shows, with their margins."""
        from lfs.metadata.plan import plan_of

        return MappingProxyType(plan_of(self))

    def planned(self, indicator: str, standard: str) -> tuple[str, ...]:
        """The breakdowns of the plan that an indicator is estimated by, by this standard."""
        return self._plan_by_standard.get((indicator, standard), self.plan[indicator])

    @cached_property
    def _plan_by_standard(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        from lfs.metadata.plan import plan_by_standard

        return MappingProxyType(plan_by_standard(self))

    @property
    def breakdown_variables(self) -> tuple[str, ...]:
        """Every variable that some breakdown uses, in the order of the dictionary."""
        used = {variable for variables in self.breakdowns.values() for variable in variables}
        return tuple(name for name in self.variables if name in used)


def load_survey(folder: Path) -> Survey:
    """The survey in `folder`, all names checked against each other; words, offices and rounds are not read here.

    Raises SurveyError with every problem found, each with file, line and the nearest known name.
    """
    folder = Path(folder)
    problems: list[str] = []
    declared = Dictionary(
        read_declarations(folder, "variables.yaml", Variable, problems),
        read_declarations(folder, "indicators.yaml", Indicator, problems),
        read_declarations(folder, "breakdowns.yaml", Breakdown, problems),
        read_declarations(folder, "relations.yaml", Relation, problems),
        read_declarations(folder, "by_definition.yaml", Definitions, problems),
        read_declarations(folder, "tables.yaml", Table, problems),
    )
    try:
        settings = read_source(folder / "config/config.yaml")
        config = validate(settings, Config)
    except SurveyError as error:
        raise SurveyError(*error.problems, *problems) from None
    if problems:
        raise SurveyError(*problems)
    available = drop_unavailable(declared)
    classifications = _classifications(folder)
    problems = [*undeclared(available, classifications), *_settings(folder, settings, config, declared)]
    if problems:
        raise SurveyError(*problems)
    return Survey(
        folder,
        config,
        MappingProxyType(available.variables.entries),
        MappingProxyType(available.indicators.entries),
        MappingProxyType(available.breakdowns.entries),
        MappingProxyType(available.relations.entries),
        MappingProxyType(available.by_definition.entries),
        MappingProxyType(available.tables.entries),
        MappingProxyType(classifications),
    )


def _settings(folder: Path, settings: Source, config: Config, declared: Dictionary) -> Iterator[str]:
    """Names that config.yaml uses; a breakdown may be withheld though it is unavailable."""
    for breakdown in config.withheld:
        if breakdown not in declared.breakdowns.sources:
            known = declared.breakdowns.entries
            yield f"{settings.at('withheld')}: no breakdown is called '{breakdown}'{nearest(breakdown, known)}"
    for indicator in config.weighting.headline if config.weighting else ():
        if indicator not in declared.indicators.sources:
            near = nearest(indicator, declared.indicators.entries)
            yield f"{settings.at('weighting', 'headline')}: no indicator is called '{indicator}'{near}"
    for name in (*filter(None, [config.design.certainty]), *config.design.fractions, *config.design.units):
        if name not in declared.variables.sources:
            yield f"{settings.at('design')}: no variable is called '{name}'{nearest(name, declared.variables.entries)}"
    if (modelled := config.generalised_variance) is not None:
        yield from variance_problems(modelled, settings, declared.indicators, declared.variables.sources)
    for name in config.weighting.known_of_selected if config.weighting else ():
        variable = declared.variables.entries.get(name)
        if variable is None or not _of_everybody(variable):
            asked = [each for each, found in declared.variables.entries.items() if _of_everybody(found)]
            yield (
                f"{settings.at('weighting', 'nonresponse')}: '{name}' is no question that is answered for every "
                f"selected household, such as one of the frame{nearest(name, asked)}"
            )
    languages = languages_with_labels(folder)
    for language in config.languages:
        if language not in languages:
            near = nearest(language, languages)
            yield f"{settings.at('languages')}: no language '{language}' has a folder of labels{near}"


def _of_everybody(variable: Variable) -> bool:
    """Whether it is one question that is put to everybody, so that it may be known of households not interviewed."""
    return variable.kind == "asked" and not variable.universe and not variable.options


def _classifications(folder: Path) -> dict[str, Path]:
    """Name and file of each code list; the survey's own replaces the library's of the same name."""
    folders = (STANDARD / "classifications", folder / "config/classifications")
    return {path.stem: path for where in folders for path in sorted(where.glob("*.csv"))}
