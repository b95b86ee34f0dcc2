"""What is declared is read exactly or refused with file, line and the nearest known name."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from pydantic import Field, ValidationError

from lfs.metadata import Declared, SurveyError, load_survey, read_yaml
from lfs.metadata.check import missing_words, publishing_problems
from lfs.metadata.labels import read_labels
from lfs.metadata.schema import QUALITY_COLUMNS, check_estimates, check_published, check_quality, estimate_columns

REPOSITORY = Path(__file__).parents[1]


class Question(Declared):
    column: str
    codes: dict[str, str] = Field(default_factory=dict)
    not_stated: tuple[int, ...] = ()


@pytest.fixture
def survey_folder(tmp_path, monkeypatch):
    """A copy of the declarations of Iraq's survey, as the working folder."""
    shutil.copytree(REPOSITORY / "config", tmp_path / "config")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(text: str, path: Path, model=dict[str, Question]) -> list[str]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SurveyError) as error:
        read_yaml(path, model)
    return [problem.replace(path.as_posix(), "FILE") for problem in error.value.problems]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("sex:\n  column: B04\n  colunm: B05\n", "FILE, line 3: unknown key 'colunm'; did you mean 'column'?"),
        ("sex: {column: A}\nage: {column: B}\nsex: {column: C}\n", "'sex' stands here a second time (first in line 1)"),
        ("sex:\n  column: A\n  codes: {male: 1, male: 2}\n", "FILE, line 3: 'male' stands here a second time"),
        ("paid:\n  column: A\n  codes:\n    no: x\n", 'FILE, line 4: no as a key must be quoted ("no":)'),
        ("paid:\n  column: A\n  codes: {On: x}\n", 'FILE, line 3: On as a key must be quoted ("On":)'),
        ("off: {column: A}\n", 'FILE, line 1: off as a key must be quoted ("off":)'),
        ("a: &a {column: A}\nb:\n  <<: *a\n", "FILE, line 3: merge keys (<<) are not used here"),
        ("sex:\n  codes: {a: b}\n", "FILE, line 1: 'sex.column' is missing"),
        ("sex:\n  column: A\n  not_stated: [9, x]\n", "FILE, line 3: 'sex.not_stated.1' is 'x'"),
        ("sex: [column\n", "not valid YAML"),
        ("sex: {column: A}\n\tage: {column: B}\n", "FILE, line 2: not valid YAML"),
        ("- sex\n", "FILE, line 1: expected `name: ...`"),
    ],
)
def test_bad_yaml_is_refused_with_file_and_line(tmp_path, text, problem):
    problems = refused(text, tmp_path / "office.yaml")
    assert any(problem in line for line in problems), problems


def test_all_problems_of_a_file_come_at_once(tmp_path):
    text = "sex: {colum: A}\nage: {column: B, code: {}}\n"
    assert refused(text, tmp_path / "office.yaml") == [
        "FILE, line 1: 'sex.column' is missing",
        "FILE, line 1: unknown key 'colum'; did you mean 'column'?",
        "FILE, line 2: unknown key 'code'; did you mean 'codes'?",
    ]


def test_not_utf8_and_missing_files_are_named(tmp_path):
    (tmp_path / "a.yaml").write_bytes("sex: {column: جنس}".encode("windows-1256"))
    with pytest.raises(SurveyError, match=r"a\.yaml: byte 14 is not UTF-8 text"):
        read_yaml(tmp_path / "a.yaml", dict[str, Question])
    with pytest.raises(SurveyError, match=r"b\.yaml does not exist"):
        read_yaml(tmp_path / "b.yaml", dict[str, Question])


def test_yes_and_no_are_text_and_quoted_keys_are_fine(tmp_path):
    path = tmp_path / "office.yaml"
    path.write_text('paid: {column: on, codes: {1: yes, 0: no, "no": off}}\n', encoding="utf-8")
    assert read_yaml(path, dict[str, dict[str, object]])["paid"] == {
        "column": "on",
        "codes": {1: "yes", 0: "no", "no": "off"},
    }


def test_plain_text_is_what_yaml_1_2_takes_it_for(tmp_path):
    path = tmp_path / "office.yaml"
    path.write_text("all: [012, 12:30, 2024-01-01, 1_0, 0x1, 1e2, .5, -3, true, ~, =, '012']\n", encoding="utf-8")
    assert read_yaml(path, dict[str, list[object]])["all"] == [
        12, "12:30", "2024-01-01", "1_0", "0x1", 100.0, 0.5, -3, True, None, "=", "012",
    ]  # fmt: skip


def test_survey_of_iraq_is_what_its_files_say(survey_folder):
    survey = load_survey(survey_folder)
    assert survey.config.withheld == ("governorate_x_displacement", "region_x_displacement")
    assert survey.variables["governorate"].codes()[-3:] == ("duhok", "erbil", "sulaymaniyah")
    assert survey.variables["age_youth"].codes() == ("15-24", "25+")
    assert survey.variables["region"].codes() == ("federal", "kri")
    assert survey.breakdowns["sex_x_age_ilo"] == ("sex", "age_ilo")
    assert survey.breakdowns["total"] == ()
    # In the order of the dictionary, the library's before the survey's.
    assert survey.breakdown_variables[-2:] == ("governorate", "region")


def test_what_was_declared_cannot_be_changed(survey_folder):
    survey = load_survey(survey_folder)
    with pytest.raises(ValidationError, match="frozen"):
        survey.variables["sex"].type = "text"
    with pytest.raises(TypeError):
        survey.variables["sex"] = survey.variables["age"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("file", "text", "problem"),
    [
        (
            "variables.yaml",
            "ethnicity: {kind: asked, type: category, categories: [a], universe: workin_age, meaning: x}",
            "line 1: no universe is called 'workin_age'; did you mean 'working_age'?",
        ),
        (
            "variables.yaml",
            "zone: {kind: derived, type: category, of: sex, groups: {m: [male], f: [femal]}, meaning: x}",
            "line 1: no code of sex is called 'femal'; did you mean 'female'?",
        ),
        (
            "variables.yaml",
            "zone: {kind: asked, type: categry, meaning: x}",
            "'zone.type' cannot be 'categry'; did you",
        ),
        (
            "variables.yaml",
            "zone: {kind: asked, type: category, meaning: x}",
            "exactly one of categories, bands, groups",
        ),
        (
            "variables.yaml",
            "zone: {kind: asked, type: category, categories: [a, not_stated], meaning: x}",
            "'not_stated' is reserved",
        ),
        (
            "variables.yaml",
            "job: {kind: asked, type: text, classification: isco_88, meaning: x}",
            "no classification is called 'isco_88'; did you mean 'isco_08'?",
        ),
        ("variables.yaml", "sxe: unavailable", "line 1: 'sxe' is not declared, so cannot be unavailable; did you mean"),
        (
            "indicators.yaml",
            "a_rate: {kind: ratio, numerator: emplyed, denominator: working_age, unit: rate, standards: [icls19]}",
            "line 1: no boolean variable is called 'emplyed'; did you mean 'employed'?",
        ),
        (
            "indicators.yaml",
            "a_rate: {kind: ratio, numerator: employed, unit: rate, standards: [icls19]}",
            "a ratio needs the key denominator",
        ),
        ("breakdowns.yaml", "by_sx: [sx]", "line 1: no category variable is called 'sx'; did you mean 'sex'?"),
        ("breakdowns.yaml", "by_line: [line]", "line 1: no category variable is called 'line'"),
        ("breakdowns.yaml", "twice: [sex, sex]", "line 1: a variable stands twice"),
        (
            "tables.yaml",
            "t:\n  indicators: [employd]\n  breakdowns: [sex]",
            "line 2: no indicator is called 'employd'; did you mean 'employed'?",
        ),
        (
            "tables.yaml",
            "t:\n  indicators: [employed]\n  breakdowns: [seks]",
            "line 3: no breakdown is called 'seks'; did you mean 'sex'?",
        ),
        ("tables.yaml", "t:\n  indicators: [employed]\n  breakdown: [sex]", "line 3: unknown key 'breakdown'; did you"),
    ],
)
def test_names_that_are_not_declared_are_refused(survey_folder, file, text, problem):
    (survey_folder / "config" / file).write_text(text + "\n", encoding="utf-8")
    with pytest.raises(SurveyError) as error:
        load_survey(survey_folder)
    assert any(line.startswith(f"config/{file}, line") and problem in line for line in error.value.problems), (
        error.value
    )


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("withheld: [governorate", "withheld: [governrate", "no breakdown is called 'governrate_x_displacement'; did"),
        ("lonely_psu: centre", "lonely_psu: center", "'lonely_psu' cannot be 'center'; did you mean 'centre'?"),
        ("confidence: 0.95", "confidence: 95", "'confidence' is 95; input should be less than 1"),
        ("working_age:", "workingage:", "unknown key 'workingage'; did you mean 'working_age'?"),
        ("{n_cases_below: 5,", "{n_case_below: 5,", "unknown key 'n_case_below'; did you mean 'n_cases_below'?"),
        ("languages: [en, ar, ckb]", "languages: en", "'languages' is 'en'"),
        (
            "languages: [en, ar, ckb]",
            "languages: [en, em]",
            "no language 'em' has a folder of labels; did you mean 'en'?",
        ),
    ],
)
def test_settings_are_refused_with_their_line(survey_folder, old, new, problem):
    path = survey_folder / "config/config.yaml"
    text = path.read_text(encoding="utf-8")
    line = next(number for number, row in enumerate(text.splitlines(), 1) if old in row)
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(SurveyError) as error:
        load_survey(survey_folder)
    assert any(f"config/config.yaml, line {line}: " in row and problem in row for row in error.value.problems)


def test_unavailable_takes_away_what_is_built_on_it(survey_folder):
    path = survey_folder / "config/variables.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\ndisplacement: unavailable\n", encoding="utf-8")
    survey = load_survey(survey_folder)
    assert "displacement" not in survey.variables
    assert "sex_x_displacement" not in survey.breakdowns
    assert "sex" in survey.breakdowns
    assert not [name for name, table in survey.tables.items() if "displacement" in table.breakdowns]


def test_same_name_replaces_the_library_and_keeps_its_place(survey_folder):
    path = survey_folder / "config/variables.yaml"
    own = "sex: {kind: asked, type: category, categories: [female, male], meaning: women first}\n"
    path.write_text(path.read_text(encoding="utf-8") + own, encoding="utf-8")
    survey = load_survey(survey_folder)
    assert survey.variables["sex"].codes() == ("female", "male")
    assert list(survey.variables).index("sex") < list(survey.variables).index("age")


def test_labels_are_merged_word_by_word(survey_folder):
    folder = survey_folder / "config/labels/en"
    shutil.rmtree(survey_folder / "config/labels", ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "own.yaml").write_text("sexes: {male: Men}\n", encoding="utf-8")
    assert read_labels(survey_folder, "en")["sexes"] == {"male": "Men"}
    (folder / "own2.yaml").write_text("sexes:\n  male: Males\n", encoding="utf-8")
    with pytest.raises(SurveyError, match=r"own2\.yaml, line 2: 'sexes\.male' is declared in another file"):
        read_labels(survey_folder, "en")
    with pytest.raises(SurveyError, match=r"no language 'em' has a folder of labels; did you mean 'en'\?"):
        read_labels(survey_folder, "em")


def test_words_that_a_language_lacks_are_listed(survey_folder):
    words = survey_folder / "config/labels/fr/all.yaml"
    words.parent.mkdir(parents=True)
    words.write_text("variables: {sex: {name: Sexe, categories: {male: Hommes}}}\n", encoding="utf-8")
    missing = missing_words(load_survey(survey_folder), "fr")
    assert "labels/fr: 'variables.sex.categories.female' has no text; add it" in missing
    assert "labels/fr: 'variables.sex.categories.male' has no text; add it" not in missing
    assert "labels/fr: 'indicators.unemployment_rate.name' has no text; add it" in missing
    # Whatever English has, without being declared by name.
    assert "labels/fr: 'table_title' has no text; add it" in missing
    assert publishing_problems(load_survey(survey_folder)) == []


def estimates(**changes) -> pd.DataFrame:
    text = {"round": "2021H2", "standard": "icls19", "indicator": "employed", "breakdown": "sex", "sex": "male"}
    figures = dict.fromkeys(("value", "se", "lower", "upper", "cv", "deff", "df", "n", "n_cases"), 1.0)
    row = text | figures | {"interval": "log", "flag": ""} | changes
    return pd.DataFrame({column: [row[column]] for column in estimate_columns(["sex"])})


def test_tables_are_checked_for_columns_types_and_suppressed_figures():
    check_estimates(estimates(), ["sex"])
    with pytest.raises(SurveyError, match="lacks se"):
        check_estimates(estimates().drop(columns="se"), ["sex"])
    with pytest.raises(SurveyError, match="another order"):
        check_estimates(estimates()[sorted(estimates())], ["sex"])
    with pytest.raises(SurveyError, match="column value holds"):
        check_estimates(estimates(value="12%"), ["sex"])
    published = estimates().assign(status="suppressed")
    with pytest.raises(SurveyError, match="1 suppressed rows hold a figure"):
        check_published(published, ["sex"])
    with pytest.raises(SurveyError, match="status 'hidden'"):
        check_published(published.assign(status="hidden"), ["sex"])
    check_published(published.assign(status="published"), ["sex"])
    check_quality(pd.DataFrame(columns=QUALITY_COLUMNS))
