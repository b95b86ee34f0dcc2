"""The page docs/coverage.md: what was done, what follows, and the tables."""

from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.coverage_tables import DEMANDED, FEWEST, MEASURES, Study, coverage, mean_of
from lfs.metadata import Survey

WORDS = {
    "mc_se": "± (simulation)",
    "plain": "without residuals",
    "delivered": "office's weights",
    "estimate": "around the estimate",
    "bias": "bias, % of truth",
    "bias_to_sd": "bias / true se",
    "se_to_sd": "mean se / true se",
    "length": "length / truth",
    "limits_unmarked": "limits unmarked",
    "unmarked_mc_se": "±",
    "korn_graubard": "Korn-Graubard",
    "wilson": "Wilson",
    "length_korn_graubard": "length Korn-Graubard",
    "length_wilson": "length Wilson",
    "n": "expected n",
}
LISTED = 30
PERCENT = frozenset(
    [
        "coverage",
        "mc_se",
        "plain",
        "delivered",
        "estimate",
        "bias",
        "refused",
        "marked",
        "unmarked",
        "caution",
        "unreliable",
        "share_unmarked",
        "share_caution",
        "share_unreliable",
        "unmarked_mc_se",
        "logit",
        "korn_graubard",
        "wilson",
        "normal",
    ]
)


def markdown(table: pd.DataFrame) -> str:
    """A table for the page: shares in percent with one digit, other numbers with two."""
    if table.empty:
        return "None.\n"

    def shown(name: str, value: object) -> str:
        if not isinstance(value, float):
            return f"{value:,}" if isinstance(value, int) else str(value).replace("_", " ")
        if np.isnan(value):
            return "–"
        if name in PERCENT:
            return f"{100 * value:.1f}"
        return f"{value:,.0f}" if name in ("df", "n") else f"{value:.4g}" if name == "truth" else f"{value:.2f}"

    lines = ["| " + " | ".join(WORDS.get(name, name.replace("_", " ")) for name in table) + " |"]
    lines.append("|" + " --- |" * len(table.columns))
    for values in table.itertuples(index=False):
        lines.append("| " + " | ".join(map(shown, table.columns, values)) + " |")
    return "\n".join(lines) + "\n"


def page(of: Study, tables: dict[str, pd.DataFrame], survey: Survey, fixed: int, nobody: int) -> str:
    config, samples = survey.config, of.results.samples
    unreliable = config.quality.unreliable
    marks = ", ".join(
        f"{words} {value:g}"
        for name, words in (
            ("n_cases_below", "cases below"),
            ("n_below", "respondents below"),
            ("cv_above", "cv above"),
            ("df_below", "df below"),
        )
        if (value := getattr(unreliable, name)) is not None
    )
    single = tables["national_and_governorate_rates"]
    noise = 100 * np.sqrt(0.95 * 0.05 / samples)
    sections = [
        ("", DESIGN.format(samples=samples, weights=_weights(survey), **_synthesis(survey))),
        (
            "",
            f"{len(of.rows):,} figures are judged: totals and rates of all indicators, and medians of usual hours, of "
            f"monthly pay (of those who tell it) and of age. Left out are {fixed} totals that the calibration meets in "
            f"every sample, and {nobody} figures of domains in which nobody lives.\n",
        ),
        ("", READING.format(noise=noise, chance=0.8 / np.sqrt(samples))),
        ("What follows", _conclusions(of, tables)),
        ("By kind of domain", markdown(tables["by_breakdown"])),
        ("By size of the domain", "Expected respondents in the denominator (of a total: in its universe).\n"),
        ("", markdown(tables["by_size"])),
        ("By degrees of freedom", markdown(tables["by_df"])),
        ("By indicator", markdown(tables["by_indicator"])),
        ("Medians", MEDIANS),
        ("", markdown(tables["medians"])),
        ("By method", METHOD),
        ("", markdown(tables["by_method"])),
        ("", "And by the method that a figure usually takes, whatever it took in a sample:\n"),
        ("", markdown(tables["by_usual_method"])),
        (
            "Methods for proportions, side by side",
            "Each on the same estimates of rates that are neither 0 nor 1, with the mean length of its limits.\n",
        ),
        ("", markdown(tables["proportions"])),
        (
            "What the marks catch",
            f"`unreliable`: {marks}; `caution`: cv above {config.quality.caution.cv_above:g}.\n",
        ),
        ("", markdown(tables["by_marks"])),
        (
            f"Unmarked classes below {DEMANDED:.0%}",
            f"Of measure, kind of domain, size and usual method, those with {FEWEST} limits or more in all samples.\n",
        ),
        ("", markdown(tables["shortfalls"])),
        (
            "",
            f"Single figures that most samples leave unmarked and that cover less, the lowest {LISTED}:\n",
        ),
        ("", markdown(tables["single_shortfalls"].head(LISTED))),
        ("National and governorate rates, the lowest first", markdown(single.head(LISTED))),
        ("To run it again", AGAIN),
    ]
    return "# Coverage of the confidence limits\n\n" + "\n".join(
        (f"## {title}\n\n" if title else "") + text for title, text in sections
    )


DESIGN = """Written by `make coverage`, as are the numbers in `benchmarks/coverage.json`; not to be edited by hand.

## What was done

{samples:,} samples of {households:,} households were drawn from the invented population (seed {seed}) under the
survey's real design: systematic PPS, rotating panels, ten households a PSU. In every sample it was drawn anew which
households answer (84 to 98%, by settlement, camp, region and size), and the weights were made anew:
{weights}.
Estimates, standard errors with the residuals on the calibration variables, limits at 95% and marks are those of
`lfs.estimate`. The statuses are the true ones of the people sampled, so that answers add no error. What is true was
counted in the census of all invented people.
"""
READING = """Coverage is the share of limits that hold the truth, among the estimates that have limits. *Without
residuals*: had the errors not known of the calibration. *Office's weights*: those that the offices deliver, made up for
non-response and not calibrated. *mean se / true se*: the root of the mean variance beside the spread of the estimates
over the samples. *bias / true se*: of the figures' absolute bias, of which {chance:.2f} is chance. The coverage of a
single figure is uncertain by {noise:.1f} points, that of a group of figures by ± (simulation). Shares in percent.
"""
MEDIANS = """Woodruff's limits. Many people give the same number (hours at fives, pay at thousands, age in whole years).
*Around the estimate*: the quantiles at F(median) ∓ t se(F), as R takes them, in the place of 1/2 ∓ t se(F).
"""
METHOD = """By the method that an estimate took; *unmarked* and *marked*: estimates without and with a mark. Which
method a rate takes depends on the estimate: Korn-Graubard where it fell below `interval.near_0_or_1`, so that these are
the samples in which it fell low. How good such limits are is told by the next table, and by methods side by side.
"""
AGAIN = """```
make coverage
python -m benchmarks.coverage --samples 1000 --processes 2 --keep FOLDER   # and keep every sample's figures
python -m benchmarks.coverage --from FOLDER                               # the tables again, without new samples
```

The numbers do not depend on the number of processes.
"""


def _synthesis(survey: Survey) -> dict[str, int]:
    synthesis = survey.config.synthesis
    assert synthesis is not None
    return {"seed": synthesis.seed, "households": synthesis.households}


def _weights(survey: Survey) -> str:
    rule = survey.config.weighting
    assert rule is not None
    assert rule.calibration is not None
    parts = ["inverse selection probabilities"]
    if rule.nonresponse is not None:
        by = rule.nonresponse.by or rule.nonresponse.propensity
        parts.append(f"non-response by `{by if isinstance(by, str) else ', '.join(by)}`")
    bounds = [
        f"{name} {value:g}" for name in ("lower", "upper") if (value := getattr(rule.calibration, name)) is not None
    ]
    how = ", ".join([rule.calibration.method.replace("_", " "), *bounds, f"one weight a {rule.calibration.weight_of}"])
    return ", ".join([*parts, f"calibration to the population's totals in `config/controls` ({how})"])


def _conclusions(of: Study, tables: dict[str, pd.DataFrame]) -> str:
    single, kinds, short = (tables[name] for name in ("national_and_governorate_rates", "by_breakdown", "shortfalls"))
    low = single[single["coverage"] < DEMANDED]
    lines = []
    for breakdown, words in (("total", "National rates"), ("governorate", "Rates of governorates")):
        row = kinds[(kinds["measure"] == "rate") & (kinds["breakdown"] == breakdown)].iloc[0]
        lowest = single[single["breakdown"] == breakdown].iloc[0]
        name = f"{lowest['category']} {lowest['indicator']}".strip()
        lines.append(
            f"{words}: {row['coverage']:.1%} of limits hold the truth; the lowest single rate "
            f"{lowest['coverage']:.1%} "
            f"({name.replace('_', ' ')})."
        )
    lines.append(f"{len(low)} of {len(single)} national and governorate rates lie below {DEMANDED:.0%}.")
    lines.append(
        f"All totals and rates: {_all_of(of, 'known'):.1%}; had the errors not known of the calibration, "
        f"{_all_of(of, 'plain'):.1%}, with limits {_shorter(of):.0%} longer at the median figure."
    )
    for measure in MEASURES:
        columns = np.flatnonzero(of.rows["measure"] == measure)
        inside, given, marked = (each[:, columns] for each in (of.inside, of.given, of.marked))
        lines.append(
            f"{measure.capitalize()}s without a mark ({(~marked).mean():.0%} of all): "
            f"{coverage(inside, given & ~marked)[0]:.1%}; with one: {_percent(coverage(inside, given & marked)[0])}."
        )
    alone = tables["single_shortfalls"]
    lines.append(
        f"{len(alone)} single figures of {len(of.rows):,} cover less than {DEMANDED:.0%} and are usually unmarked: "
        + ", ".join(f"{count} {measure}s" for measure, count in alone["measure"].value_counts().items())
        + "."
    )
    lines.append(
        f"{len(short)} classes of unmarked estimates cover less than {DEMANDED:.0%}"
        + "".join(f"\n  - {_class_words(row)}" for row in short.to_dict("records"))
    )
    return "\n".join(f"- {line}" for line in lines) + "\n"


def _percent(share: float) -> str:
    return "none" if np.isnan(share) else f"{share:.1%}"


def _class_words(row: dict[Hashable, Any]) -> str:
    words = f"{row['measure']}s by {row['breakdown']}, {row['size']} respondents, {row['method']}".replace("_", " ")
    return f"{words} ({row['unmarked']:.1%})"


def _all_of(of: Study, which: str) -> float:
    columns = np.flatnonzero(of.rows["measure"] != "median")
    given, inside = (of.given, of.inside) if which == "known" else of.others()[which]
    return coverage(inside[:, columns], given[:, columns])[0]


def _shorter(of: Study) -> float:
    """By how much limits that do not know of the calibration are longer, at the median of the figures."""
    columns = np.flatnonzero(of.rows["measure"] != "median")
    known = mean_of((of["upper"] - of["lower"])[:, columns])
    plain = mean_of((of["upper_plain"] - of["lower_plain"])[:, columns])
    return float(np.nanmedian(plain / known) - 1)
