"""The answers of the households interviewed, in the columns and codes of the two forms, and the Stata file.

Names and codes are those of the real files as far as they are known; what is invented of them is told at the head of
config/offices/ihses.yaml. Labels are in English and Arabic.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyreadstat
from numpy.typing import NDArray

from lfs.synthesise.chance import Chance, Floats
from lfs.synthesise.dialects.header import fix_dta_date
from lfs.synthesise.households import FEMALE, MARITAL_STATUSES, RELATIONSHIPS
from lfs.synthesise.ihses.people import Population

Mask = NDArray[np.bool_]
GOVERNORATES = {
    "duhok": 11, "nineveh": 12, "sulaymaniyah": 13, "kirkuk": 14, "erbil": 15, "diyala": 21, "anbar": 22, "baghdad": 23,
    "babil": 24, "karbala": 25, "wasit": 26, "salah_al_din": 27, "najaf": 28, "qadisiyah": 31, "muthanna": 32,
    "dhi_qar": 33, "maysan": 34, "basrah": 35,
}  # fmt: skip
YES_NO = {1: "Yes نعم", 2: "No لا"}
SEX = {1: "Male ذكر", 2: "Female أنثى"}
RELATIONSHIP = {
    1: "Head رب الأسرة", 2: "Spouse زوج/زوجة", 3: "Child ابن/ابنة", 4: "Parent أب/أم", 5: "Other relative قريب آخر",
    6: "Domestic worker عامل منزلي", 7: "Not related لا قرابة",
}  # fmt: skip
MARITAL = {1: "Married متزوج", 2: "Single أعزب", 3: "Divorced مطلق", 4: "Separated منفصل", 5: "Widowed أرمل"}
SEARCH = {1: "Last week الأسبوع الماضي", 2: "Last month الشهر الماضي", 3: "No لا"}
SECTOR = {
    1: "Government حكومي", 2: "Public enterprise قطاع عام", 3: "Private قطاع خاص", 4: "Household أسرة",
    5: "NGO منظمة غير حكومية", 6: "International organization منظمة دولية",
}  # fmt: skip
ATTENDANCE = {"before": "Attended before كان ملتحقا", "now": "Attends now ملتحق", "never": "Never attended لم يلتحق"}
NOT_WORKING = (
    "Student طالب", "Housework أعمال المنزل", "Retired متقاعد", "Contract, starts soon لديه عقد وسيبدأ قريبا",
    "Disabled عاجز", "No work available لا يوجد عمل", "Too old كبير السن", "Season موسمي",
)  # fmt: skip
ABSENT = "Temporarily absent متغيب مؤقتا"
OTHER = "Other أخرى"
MAY_NOT = "Not allowed to غير مسموح له"
NOT_SEEKING = (
    "Tired of looking تعب من البحث", "No work in the area لا يوجد عمل", "Does not need to لا يحتاج", "Studies دراسة",
    "Housework أعمال المنزل", "No suitable work لا يوجد عمل مناسب", "Waits for an answer ينتظر جوابا",
    "Ill or disabled مريض أو عاجز", "Family refuses رفض الأسرة", "Has means لديه دخل", OTHER, "Age العمر",
)  # fmt: skip
# Occupations of wage jobs in the public sector, of other wage jobs, and of jobs of one's own: ISCO-88, ISCO-08, share.
OCCUPATIONS: dict[str, tuple[tuple[int, int, float], ...]] = {
    "public": (
        (2331, 2341, 0.28), (4115, 4120, 0.2), (5162, 5412, 0.2), (110, 310, 0.12), (2411, 2411, 0.1),
        (9132, 9112, 0.1),
    ),
    "wage": ((9313, 9313, 0.35), (7122, 7112, 0.25), (8322, 8322, 0.15), (5220, 5223, 0.15), (9211, 9211, 0.1)),
    "own": ((6111, 6111, 0.35), (5220, 5221, 0.3), (8322, 8322, 0.2), (7433, 7531, 0.15)),
}  # fmt: skip
STATA_14 = 14


@dataclass(frozen=True)
class Form:
    """Names of the columns of one round, and the codes that moved between the rounds.

    search_labour_market and the like: codes of the reason for not seeking work, as the ILO groups them.
    """

    age: str
    relationship: str
    marital: str
    attendance: str
    attends: Mapping[str, int]
    hours: str
    reason: str
    absent: int
    reason_not_seeking: str
    seeking: str
    available: str
    wage: tuple[str, ...]
    other: tuple[str, str]
    sector: str
    usual: str
    days: str
    second: str
    occupation: str
    without_sex: int
    groups: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


FORMS = {
    "2007": Form(
        age="q0103", relationship="q0104", marital="q0108", attendance="q0402",
        attends={"before": 1, "now": 2, "never": 3}, hours="q0701", reason="q0702", absent=9,
        reason_not_seeking="q0704", seeking="q0705", available="q0707", wage=("q1202a_1",),
        other=("q1202b1_1", "q1202b2_1"), sector="q1303_1", usual="q1314_1", days="q1204_{day:02d}_{job}",
        second="q1200_sn_2", occupation="q1201c_1", without_sex=15,
        groups={"labour_market": (2, 6), "no_need": (3, 10), "personal": (4, 5, 8, 9)},
    ),
    "2012": Form(
        age="q0104", relationship="q0103", marital="q0106", attendance="q0502",
        attends={"before": 1, "never": 2, "now": 3}, hours="q0801", reason="q0802", absent=10,
        reason_not_seeking="q0804", seeking="q0805", available="q0808", wage=("q1302_1_1", "q1302_2_1"),
        other=("q1302_3_1", "q1302_4_1"), sector="q1403_1", usual="q1410_1", days="q1304_{day}_{job}",
        second="jsn_2", occupation="q1301_occ_1", without_sex=28,
        groups={"labour_market": (1, 6), "no_need": (3, 10), "personal": (4, 5, 8, 12)},
    ),
}  # fmt: skip


def answers(population: Population, chosen: pd.DataFrame, round: str) -> pd.DataFrame:
    """One row a person of the households chosen, columns in the order of the file; what was not asked is empty."""
    form, chance = FORMS[round], population.chance.within("answers")
    row_of = np.full(len(population.household), -1)
    row_of[chosen["at"].to_numpy()] = np.arange(len(chosen))
    people = np.flatnonzero(row_of[population.home] >= 0)
    people = people[np.lexsort((population.members.line[people], row_of[population.home[people]]))]
    home = chosen.iloc[row_of[population.home[people]]].reset_index(drop=True)
    members = population.members.where(people)
    governorate = home["governorate"].map(GOVERNORATES)
    table = pd.DataFrame({"governorate": governorate, "qadha": 100 * governorate + home["district"]})
    table["cluster"], table["household"] = home["cluster"], home["household"]
    table["line"] = members.line.astype(int)
    if round == "2012":
        table["q00_16"] = np.where(home["urban"], 1, 2)
    sex = np.where(members.sex == FEMALE, 2.0, 1.0)
    sex[np.argsort(chance.uniform(members.person, "sex not written down"))[: form.without_sex]] = np.nan
    table["q0102"] = sex
    table[form.age] = members.age.astype(int)
    table[form.relationship] = _code(RELATIONSHIPS, members.relationship, _RELATIONSHIP_CODES)
    table[form.marital] = np.where(
        members.age >= 12, _code(MARITAL_STATUSES, members.marital, _MARITAL_CODES).astype(float), np.nan
    )
    never = ~population.attends[people] & chance.happens(members.person, "never at school", 0.12)
    learns = np.where(population.attends[people], "now", np.where(never, "never", "before"))
    attendance = pd.Series(learns).map(form.attends)
    table[form.attendance] = attendance.where(members.age >= 6)
    status, public = population.status[people], population.public[people]
    table = _work(table, form, chance, members.person, members.age, status, members.sex == FEMALE, learns == "now")
    table = _jobs(table, form, chance, members.person, status == 0, public, round)
    table["weight"] = home["weight"].to_numpy()
    return table


def _work(
    table: pd.DataFrame,
    form: Form,
    chance: Chance,
    person: NDArray[np.int64],
    age: NDArray[np.integer],
    status: NDArray[np.int8],
    woman: Mask,
    learns: Mask,
) -> pd.DataFrame:
    """Hours, the reason for none, search and availability: by the ILO's rule each person comes to the true status."""
    adult, employed, unemployed = status >= 0, status == 0, status == 1
    absent = employed & chance.happens(person, "absent from the job", 0.03)
    starts = unemployed & chance.happens(person, "a contract that begins soon", 0.03)
    hours = np.clip(np.round(np.where(woman, 32, 42) + 13 * chance.normal(person, "hours worked")), 1, 98)
    table[form.hours] = np.where(employed & ~absent, hours, np.where(adult, 0.0, np.nan))
    reason = np.select([learns, woman, age >= 65], [1, 2, 7], 6)
    retired = chance.happens(person, "pensioner", 0.3) & (age >= 50) & ~woman
    ill = chance.happens(person, "cannot work", 0.06)
    reason = np.select([starts, unemployed, absent, ill, retired], [4, 6, form.absent, 5, 3], reason)
    table[form.reason] = np.where(adult & (~employed | absent), reason, np.nan)
    # Of those outside the labour force some look for work and could not begin, others could and do not look.
    outside = status == 2
    looks = outside & chance.happens(person, "looks, not available", 0.006)
    could = outside & ~looks & chance.happens(person, "available, does not look", 0.06)
    recently = chance.happens(person, "in the last week", 0.7)
    seeks = (unemployed & ~starts) | looks
    table[form.seeking] = np.where(adult & ~employed, np.where(seeks, np.where(recently, 1, 2), 3), np.nan)
    table[form.available] = np.where(adult & ~employed, np.where((unemployed & ~starts) | could | starts, 1, 2), np.nan)
    group = np.select(
        [could & chance.happens(person, "discouraged", 0.6), learns | woman], ["labour_market", "personal"], "no_need"
    )
    why = np.zeros(len(person))
    for name, codes in form.groups.items():
        turn = np.minimum(np.floor(chance.uniform(person, f"reason {name}") * len(codes)), len(codes) - 1).astype(int)
        why = np.where(group == name, np.array(codes)[turn], why)
    table[form.reason_not_seeking] = np.where(adult & ~employed & ~seeks, why, np.nan)
    return table


def _jobs(
    table: pd.DataFrame, form: Form, chance: Chance, person: NDArray[np.int64], employed: Mask, public: Mask, round: str
) -> pd.DataFrame:
    """Jobs: wage or not, for whom, the hours of seven days, occupation, and those who have a second one."""
    wage = employed & (public | chance.happens(person, "wage job", 0.47))
    farm = chance.happens(person, "on a farm", 0.18)
    kinds = [wage & ~public & farm, wage] if len(form.wage) == 2 else [wage]
    taken = np.zeros(len(person), dtype=bool)
    for column, kind in zip(form.wage, kinds, strict=True):
        table[column] = np.where(employed, np.where(kind & ~taken, 1, 2), np.nan)
        taken |= kind
    table[form.other[0]] = np.where(employed, np.where(~wage & farm, 1, 2), np.nan)
    table[form.other[1]] = np.where(employed, np.where(~wage & ~farm, 1, 2), np.nan)
    enterprise = chance.happens(person, "public enterprise", 0.12)
    rest = np.select(
        [chance.happens(person, "household employs", 0.02), chance.happens(person, "NGO", 0.01)], [4, 5], 3
    )
    table[form.sector] = np.where(wage, np.where(public, np.where(enterprise, 2, 1), rest), np.nan)
    hours = table[form.hours].to_numpy(dtype=float)
    second = employed & (hours > 0) & chance.happens(person, "second job", 0.025)
    in_second = np.where(second, np.minimum(np.round(hours / 4), 20), 0.0)
    for job, total, asked in ((1, hours - in_second, employed), (2, in_second, second)):
        for day, share in enumerate(_days(np.where(asked, total, 0.0)), 1):
            table[form.days.format(day=day, job=job)] = np.where(asked, share, np.nan)
    usual = np.where(hours > 0, hours - in_second, 40.0)
    table[form.usual] = np.where(wage, usual, np.nan)
    table[form.second] = np.where(second, 2.0, np.nan)
    table[form.occupation] = _occupation(chance, person, employed, public, wage, round)
    return table


def _days(hours: Floats) -> list[Floats]:
    """Whole hours over six days from Saturday on, the seventh free: what does not divide goes to the first days."""
    base, left = np.divmod(hours, 6)
    return [base + (day < left) for day in range(6)] + [np.zeros(len(hours))]


def _occupation(
    chance: Chance, person: NDArray[np.int64], employed: Mask, public: Mask, wage: Mask, round: str
) -> Floats:
    """Four digits of ISCO-88 in 2007; four of ISCO-08 and two of the survey's own in 2012."""
    draw = chance.uniform(person, "occupation")
    code = np.full(len(person), np.nan)
    for kind, who in (("public", public), ("wage", wage & ~public), ("own", employed & ~wage)):
        old, new, share = (np.array(values) for values in zip(*OCCUPATIONS[kind], strict=True))
        place = np.minimum(np.searchsorted(np.cumsum(share), draw), len(share) - 1)
        code[who] = (old if round == "2007" else 100 * new + 1)[place][who]
    return code


_RELATIONSHIP_CODES = {
    "reference_person": 1, "spouse": 2, "child": 3, "parent": 4, "other_relative": 5, "domestic_worker": 6,
    "non_relative": 7,
}  # fmt: skip
_MARITAL_CODES = {"married": 1, "cohabiting": 1, "single": 2, "divorced": 3, "separated": 4, "widowed": 5}


def _code(names: tuple[str, ...], positions: NDArray[np.int8], codes: Mapping[str, int]) -> NDArray[np.int64]:
    return np.array([codes[name] for name in names])[positions]


def write(table: pd.DataFrame, round: str, path: Path) -> None:
    """Write the round's invented file to `path` (.dta, format 118); the same table gives the same bytes."""
    labels = _value_labels(FORMS[round])
    columns = [str(name) for name in table]
    whole = {name: table[name].astype("float64" if name == "weight" else "Int32") for name in columns}
    pyreadstat.write_dta(
        pd.DataFrame(whole),
        path,
        version=STATA_14,
        file_label=f"Invented household socio-economic survey {round} - no real person",
        column_labels={name: _label(name, FORMS[round]) for name in columns},
        variable_value_labels={name: labels[name] for name in columns if name in labels},
        variable_format={name: "%10.4f" if name == "weight" else "%8.0f" for name in columns},
    )
    fix_dta_date(path)


def _value_labels(form: Form) -> dict[str, dict[Any, str]]:
    last = form.absent + 1
    reasons = dict(enumerate(NOT_WORKING, 1)) | {9: MAY_NOT, form.absent: ABSENT, last: OTHER}
    labels: dict[str, dict[Any, str]] = {
        "governorate": {code: name for name, code in GOVERNORATES.items()},
        "q00_16": {1: "Urban حضر", 2: "Rural ريف"},
        "q0102": SEX,
        form.relationship: RELATIONSHIP,
        form.marital: MARITAL,
        form.attendance: {code: ATTENDANCE[name] for name, code in form.attends.items()},
        form.reason: reasons,
        form.reason_not_seeking: dict(enumerate(NOT_SEEKING, 1)),
        form.seeking: SEARCH,
        form.available: YES_NO,
        form.sector: SECTOR,
    }
    return labels | dict.fromkeys((*form.wage, *form.other), YES_NO)


def _label(name: str, form: Form) -> str:
    known = {
        "governorate": "Governorate المحافظة",
        "qadha": "District القضاء",
        "cluster": "Cluster العنقود",
        "household": "Household الأسرة",
        "line": "Line الخط",
        "weight": "Weight الوزن",
        "q00_16": "Urban or rural البيئة",
        "q0102": "Sex الجنس",
        form.age: "Age العمر",
        form.relationship: "Relationship to the head صلة القرابة",
        form.marital: "Marital status الحالة الزوجية",
        form.attendance: "School attendance الالتحاق بالمدرسة",
        form.hours: "Hours worked in the last seven days ساعات العمل",
        form.reason: "Why no hours سبب عدم العمل",
        form.reason_not_seeking: "Why not looking for work سبب عدم البحث",
        form.seeking: "Looked for work البحث عن عمل",
        form.available: "Available for work الاستعداد للعمل",
        form.sector: "Sector of the wage job القطاع",
        form.usual: "Usual hours of the wage job ساعات العمل المعتادة",
        form.second: "Second job العمل الثاني",
        form.occupation: "Occupation المهنة",
    }
    jobs = dict.fromkeys(form.wage, "Wage job عمل بأجر") | dict.fromkeys(form.other, "Other job عمل بدون أجر")
    return (known | jobs).get(name, f"Hours of a day {name} ساعات اليوم")
