"""A first draft of an office's file, from what a data file says of itself: columns, labels, codes, missing values.

Nobody's values are shown: only codes that have labels, and codes without one beside them in a column of labelled codes.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from pathlib import Path

from lfs.harmonise.codes import as_text
from lfs.harmonise.delivery import Delivery, Missing
from lfs.harmonise.encodings import DETECT
from lfs.harmonise.formats import format_of
from lfs.harmonise.readers import read_delivery
from lfs.harmonise.statistical import read_labels
from lfs.metadata import SurveyError
from lfs.metadata.crosswalk import NOT_APPLICABLE, code_text, is_number
from lfs.metadata.declarations import standard_variables
from lfs.metadata.offices import FileFormat, categories
from lfs.metadata.variables import Variable
from lfs.metadata.yaml import BOOLEAN_ELSEWHERE

CHOOSE = "CHOOSE"
_DELIMITERS = ";\t|"
_QUOTED = {"\t": r"\t"}
_LIKELY = 0.72
_NO_ANSWER = re.compile(
    r"\b(not stated|unspecified|do ?n[o']t know|does ?n[o']t know|refus\w*|no (answer|response)|missing|nr|dk)\b"
    r"|no sabe|غير مبين|لا ?[أا]عرف|لا يعرف|رفض|لم يجب|نازانم|نازانێت",
    re.IGNORECASE,
)
_NOT_PUT = re.compile(r"\b(not applicable|n/a|inapplicable|no aplica\w*)\b|لا ينطبق", re.IGNORECASE)
_DESIGN_WORDS = {
    "stratum": r"strat\w*|estrato",
    "psu": r"psu|upm|cluster|enumeration area|ea",
    "household": r"hh|hhid|hhno|household number|household id\w*",
    "line": r"ppno|line( number)?|person ?no|lineno",
    "weight": r"w(ei)?gh?t|final weight|fex|fwt|pwt\w*|pondera",
}


@dataclass(frozen=True)
class _Column:
    """What the file says of one column."""

    name: str
    label: str
    codes: dict[str, str]
    unlabelled: tuple[str, ...]
    missing: Missing
    is_text: bool
    is_coded: bool


def describe(path: Path) -> str:
    """The text of a draft config/offices/<office>.yaml for a .sav, .zsav, .dta or .csv file.

    The draft is YAML that loads once CHOOSE is replaced: each column stands under its own name, to be replaced by the
    variable of the dictionary that it is; likely ones are suggested. Raises SurveyError where the file cannot be read.
    """
    path = Path(path)
    format = format_of(path)
    try:
        how = FileFormat(format=format)
        delivery = read_delivery(path, how)
    except SurveyError:
        how = FileFormat(format=format, encoding=DETECT)
        delivery = read_delivery(path, how)
    if delimiter := _other_delimiter(delivery):
        how = how.model_copy(update={"delimiter": delimiter})
        delivery = read_delivery(path, how)
    columns = list(_columns(path, how, delivery))
    dictionary = standard_variables()
    guesses = {column.name: _guess(column, dictionary) for column in columns}
    lines = [
        f"# A draft from what {path.name} says of itself ({len(delivery.rows)} rows, {len(columns)} columns).",
        f"# Replace each {CHOOSE}, and each column's name on the left by the variable of the dictionary that it is",
        "# (src/lfs/standard/variables/, config/variables.yaml). Delete what the dictionary does not have.",
        f"office: {CHOOSE}",
        f"file: {{format: {format}"
        + (f", encoding: {delivery.encoding.lower()}" if how.encoding else "")
        + (f', delimiter: "{_QUOTED.get(how.delimiter, how.delimiter)}"' if how.delimiter else "")
        + "}",
        "",
        "design:",
        *_design(dictionary, columns),
        "",
        "variables:",
    ]
    for column in columns:
        lines += _entry(column, guesses[column.name], dictionary)
    found = set(guesses.values())
    absent = [name for name, variable in dictionary.items() if variable.kind == "asked" and name not in found]
    lines += ["", "  # Asked variables that no column resembles; take away the # of those that the file does not have:"]
    lines += [f'  # {name}: {{unavailable: "{CHOOSE}"}}' for name in absent]
    return "\n".join(lines) + "\n"


def _other_delimiter(delivery: Delivery) -> str | None:
    """What seems to part the columns of a file that a comma leaves in one piece."""
    header = [str(column) for column in delivery.rows.columns]
    if len(header) > 1 or not header:
        return None
    likely = max(_DELIMITERS, key=header[0].count)
    return likely if likely in header[0] else None


def _columns(path: Path, how: FileFormat, delivery: Delivery) -> Iterator[_Column]:
    labels, value_labels = read_labels(path, how, delivery.encoding)
    for name in delivery.columns:
        values = delivery.rows[name]
        codes = {code_text(code): _one_line(text) for code, text in value_labels.get(name, {}).items()}
        present = {code_text(code) for code in as_text(values).dropna().unique()}
        others = present - set(codes)
        # A few labels on a number (999 no answer) do not make its values codes.
        is_coded = bool(codes) and len(others) * 2 <= len(present & set(codes))
        unlabelled = tuple(sorted(others, key=_code_order)) if is_coded else ()
        yield _Column(
            name,
            _one_line(labels.get(name) or ""),
            dict(sorted(codes.items(), key=lambda item: _code_order(item[0]))),
            unlabelled,
            delivery.missing.get(name, Missing()),
            any(not is_number(code) and not code.startswith(".") for code in present),
            is_coded,
        )


def _design(dictionary: Mapping[str, Variable], columns: list[_Column]) -> Iterator[str]:
    for name, variable in dictionary.items():
        if name != "line" and variable.kind != "design" and name != "household":
            continue
        pattern = _DESIGN_WORDS.get(name, name)
        near = [
            column.name
            for column in columns
            if re.fullmatch(pattern, column.name.lower()) or re.search(rf"\b({pattern})\b", column.label.lower())
        ]
        suggested = f"  # perhaps {', '.join(near[:5])}" if near else ""
        yield f"  {name}: {{column: {CHOOSE}}}{suggested or f'  # or {{unavailable: the reason}}: {variable.meaning}'}"
    yield f"  # result: {{column: {CHOOSE}, codes: {{1: complete, 2: refused}}}}  # result of the interview"


def _entry(column: _Column, guess: str, dictionary: Mapping[str, Variable]) -> Iterator[str]:
    variable = dictionary.get(guess)
    kind = "codes" if column.is_coded else "text" if column.is_text else "number"
    suggestion = f"; perhaps {guess}" if guess else ""
    yield ""
    yield f"  # {column.name}: {column.label or 'no label'} ({kind}){suggestion}"
    yield f"  {_key(column.name)}:"
    yield f"    column: {_key(column.name)}"
    missing = [code for code in column.codes if _is_missing(code, column.missing)]
    no_answer = [code for code in column.codes if code not in missing and _NO_ANSWER.search(column.codes[code])]
    meanings = [code for code in [*column.codes, *column.unlabelled] if code not in (*missing, *no_answer)]
    if meanings:
        yield "    codes:"
    for code in meanings:
        label = column.codes.get(code, "")
        meaning = NOT_APPLICABLE if _NOT_PUT.search(label) else _category(label, variable) or CHOOSE
        yield f"      {_code(code)}: {meaning}  # {label or 'without a label'}"
    items = [_code(code) for code in sorted({*column.missing.codes, *no_answer}, key=_code_order)]
    items += [f"[{low:g}, {high:g}]" for low, high in column.missing.ranges]
    if items:
        named = "; ".join(f"{code} {column.codes[code]}" for code in [*missing, *no_answer])
        declared = "declared missing" if column.missing != Missing() else ""
        yield f"    not_stated: [{', '.join(items)}]  # {'; '.join(filter(None, (declared, named)))}"


def _is_missing(code: str, missing: Missing) -> bool:
    inside = is_number(code) and any(low <= float(code) <= high for low, high in missing.ranges)
    return code in missing.codes or inside


def _guess(column: _Column, dictionary: Mapping[str, Variable]) -> str:
    """The asked or derived variable whose name, question code or meaning is most like the column's name or label."""
    scores = {
        name: _likeness(column, name, variable)
        for name, variable in dictionary.items()
        if variable.kind in ("asked", "derived") and variable.of is None
    }
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= _LIKELY else ""


def _likeness(column: _Column, name: str, variable: Variable) -> float:
    words = re.findall(r"[A-Za-z0-9_]+", variable.reference or "")
    if column.name.upper() in words or column.name.lower() == name:
        return 1.0
    label = column.label.lower()
    spoken = name.replace("_", " ")
    if _says_the_same(column, variable):
        return 0.95
    if re.search(rf"\b{re.escape(spoken)}\b", label):
        return 0.9
    pairs = [(column.name.lower(), name), (label, spoken), (label, variable.meaning.lower())]
    matchers = [SequenceMatcher(None, one, other) for one, other in pairs if one]
    return max((matcher.ratio() for matcher in matchers if matcher.quick_ratio() >= _LIKELY), default=0.0)


def _says_the_same(column: _Column, variable: Variable) -> bool:
    """Whether the labels are the categories of the variable, such as Male and Female; yes and no tell nothing."""
    known = variable.categories
    labels = [text for text in column.codes.values() if not _NO_ANSWER.search(text) and not _NOT_PUT.search(text)]
    if not known or len(labels) != len(known):
        return False
    return {_category(text, variable) for text in labels} == {_quoted(name) for name in known}


def _category(label: str, variable: Variable | None) -> str:
    """The category of the guessed variable that a label resembles, as YAML; empty where none does."""
    known = categories(variable) if variable is not None else ("yes", "no")
    near = get_close_matches(label.lower().replace(" ", "_"), known, n=1, cutoff=0.75)
    return _quoted(near[0]) if near else ""


def _quoted(category: str) -> str:
    return f'"{category}"' if category[0].isdigit() else category


def _code_order(code: str) -> tuple[bool, float, str]:
    return (not is_number(code), float(code) if is_number(code) else 0.0, code)


def _code(code: str) -> str:
    return code if is_number(code) else '"' + code.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _key(name: str) -> str:
    plain = re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.]*", name) and name.lower() not in (
        *BOOLEAN_ELSEWHERE,
        "null",
        "y",
        "n",
    )
    return name if plain else _code(name) if not is_number(name) else f'"{name}"'


def _one_line(text: object) -> str:
    return " ".join(str(text).split())
