"""The population totals of an invented round, as a census or a projection would give an office to calibrate on."""

import csv
import io
from collections.abc import Sequence

from lfs.metadata import Survey
from lfs.metadata.controls import COLUMNS
from lfs.synthesise.census import census, control_totals
from lfs.synthesise.population import Country

ALL: Sequence[str] = ()
MARGINS = {
    "governorate and settlement": {"governorate": ALL, "urban_rural": ALL},
    "region, sex and age": {"region": ALL, "sex": ALL, "age_5": ALL},
    "camps": {"region": ALL, "in_camp": ("yes",)},
}


def controls_text(survey: Survey, country: Country, years: int) -> str:
    """The text of config/controls/<round>.csv of the population that many years after the first round."""
    rows = control_totals(census(country.population(years), survey), MARGINS, survey.variables)
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
