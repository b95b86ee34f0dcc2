"""What CONTRIBUTING.md shows under `weighting:`, `design:` and `replicates:` is taken as it stands there."""

import re
from pathlib import Path

import pytest
import yaml

from lfs.metadata.sampling import DesignRule, ReplicatesRule
from lfs.metadata.weighting import CalibrationRule, Nonresponse, Trimming, Weighting

TEXT = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")
SECTION = TEXT.partition("## Weights and population totals")[2].partition("\n## ")[0]
BLOCKS = [
    yaml.safe_load(block)
    for block in re.findall(r"(?:^    .*\n)+", SECTION, flags=re.MULTILINE)
    if not block.lstrip().startswith("margin,")
]
RULES = {"weighting": Weighting, "design": DesignRule, "replicates": ReplicatesRule}


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: "+".join(block))
def test_examples_are_declarations_that_are_taken(block: dict) -> None:
    assert set(block) <= {*RULES, "lonely_psu"}
    for name, declared in block.items():
        if name in RULES:
            assert RULES[name].model_validate(declared)


def test_there_is_an_example_of_each() -> None:
    assert {name for block in BLOCKS for name in block} == {*RULES, "lonely_psu"}


def test_every_key_is_explained() -> None:
    """All keys of the weighting stand in the section as code."""
    rules = (Weighting, Nonresponse, CalibrationRule, Trimming)
    keys = {field.alias or name for rule in rules for name, field in rule.model_fields.items()}
    assert not [key for key in keys if not re.search(rf"`[^`\n]*\b{key}\b[^`\n]*`|^    .*\b{key}:", SECTION, re.M)]


def test_certainty_and_fractions_together_are_refused_with_what_to_do() -> None:
    with pytest.raises(ValueError, match=r"say the same twice.*; leave one of them out"):
        DesignRule(certainty="psu_sure", fractions=("psus_in_stratum",))
