"""Editions of the explorer for its tests, and its data read back independently of what wrote them."""

import base64
import json
import re
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PREFIX = {"ar": "معدّل", "ckb": "ڕێژەی پێشڤە"}
WRITING = {
    "ar": {"name": "العربية", "locale": "ar_IQ", "digits": "latn", "edited": "no"},
    "ckb": {"name": "کوردیی ناوەندی", "locale": "ckb", "digits": "arab", "edited": "no"},
}
UNTOUCHED = ("language", "numbers", "contents")


def in_three_languages(english: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """English, and what stands for Arabic and Sorani: each text with a word of the language before it."""
    editions = {"en": dict(english)}
    for code, writing in WRITING.items():
        made = {key: text if key in UNTOUCHED else _prefixed(text, PREFIX[code]) for key, text in english.items()}
        made["language"] = {**english["language"], **writing}
        made["numbers"] = english["numbers"]
        for mark, short in english["marks"].items():
            made["marks"][mark]["short"] = short["short"]
        editions[code] = made
    return editions


def _prefixed(text: Any, word: str) -> Any:
    if isinstance(text, Mapping):
        return {key: _prefixed(each, word) for key, each in text.items()}
    return f"{word} {text}" if isinstance(text, str) else text


@dataclass(frozen=True)
class Decoded:
    """The page's index, and its figures by (indicator, standard, breakdown, categories, round)."""

    index: dict[str, Any]
    figures: dict[tuple[str, str, str, tuple[str, ...], str], dict[str, Any]]


def content_of(page: bytes, name: str) -> bytes:
    found = re.search(rb'<script type="text/plain" id="' + name.encode() + rb'">([A-Za-z0-9+/=]*)</script>', page)
    assert found, name
    return zlib.decompress(base64.b64decode(found[1]), -zlib.MAX_WBITS)


def vocabulary_of(page: bytes) -> dict[str, Any]:
    return json.loads(content_of(page, "vocabulary"))


def decoded(page: bytes) -> Decoded:
    """Every figure of the page as whole numbers of the last printed digit."""
    content = content_of(page, "figures")
    (length,) = struct.unpack("<I", content[:4])
    index = json.loads(content[4 : 4 + length])
    columns, at = {}, 4 + length
    for name, size in index["columns"].items():
        columns[name] = _Column(content[at : at + size])
        at += size
    assert at == len(content)
    cells = [_cells(index, breakdown) for breakdown in index["breakdowns"]]
    counts: dict[int, list[list[int]]] = {}
    for _, _, breakdown, _ in index["blocks"]:
        if breakdown not in counts:
            size = len(cells[breakdown]) * len(index["rounds"])
            counts[breakdown] = [
                [columns["counts"].next() for _ in range(size)] for _ in range(columns["counts"].next())
            ]
    figures = {}
    for indicator, standard, breakdown, counted in index["blocks"]:
        name, unit = index["indicators"][indicator]
        decimals, error_decimals = index["units"][unit]
        respondents = iter(counts[breakdown][counted])
        for cell in cells[breakdown]:
            for round_name in index["rounds"]:
                mark, se, lower, upper = index["states"][columns["state"].byte()]
                figure: dict[str, Any] = {"mark": index["marks"][mark]}
                n = next(respondents) - 1
                if figure["mark"] not in ("c", "z", "x"):
                    figure["value"] = columns["value"].signed()
                    figure["se"] = columns["se"].next() if se else None
                    reach = 196 * (figure["se"] or 0) // (100 * 10 ** (error_decimals - decimals))
                    figure["lower"] = columns["lower"].signed() + figure["value"] - reach if lower else None
                    figure["upper"] = columns["upper"].signed() + figure["value"] + reach if upper else None
                    figure["n"] = n
                place = (name, index["standards"][standard], index["breakdowns"][breakdown][0], cell, round_name)
                figures[place] = figure
    for name, column in columns.items():
        assert column.at == len(column.content), f"{name} holds more than the figures that are shown"
    return Decoded(index, figures)


def _cells(index: Mapping[str, Any], breakdown: list[Any]) -> list[tuple[str, ...]]:
    _, variables, places = breakdown
    cells = []
    for number in places:
        codes: list[str] = []
        for variable in reversed(variables):
            known = index["variables"][variable][1]
            number, code = divmod(number, len(known))
            codes.insert(0, known[code])
        cells.append(tuple(codes))
    return cells


@dataclass
class _Column:
    content: bytes
    at: int = 0

    def byte(self) -> int:
        self.at += 1
        return self.content[self.at - 1]

    def next(self) -> int:
        number = shift = 0
        while True:
            byte = self.byte()
            number |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return number

    def signed(self) -> int:
        number = self.next()
        return -(number + 1) // 2 if number % 2 else number // 2
