"""Answers on the main job: relationship, pay, unit and its formality, contract and benefits."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from lfs.synthesise.answers.people import NO_ANSWER, Floats, Mask, People, Texts, yes_no
from lfs.synthesise.answers.roster import schooling
from lfs.synthesise.answers.work import Jobs

# Trades by employer and branch, as (industry ISIC rev. 4, occupation ISCO-08, share for men, share for women).
_TRADES: dict[tuple[str, str], tuple[tuple[str, str, int, int], ...]] = {
    ("government", "public_services"): (
        ("8510", "2341", 8, 36), ("8521", "2330", 9, 21), ("8530", "2310", 2, 4), ("8610", "3221", 3, 7),
        ("8610", "2211", 2, 4), ("8411", "4110", 9, 12), ("8412", "3343", 4, 5), ("8411", "1112", 2, 2),
        ("8510", "1345", 2, 3), ("8412", "1219", 1, 1), ("8422", "0310", 22, 0), ("8423", "5412", 26, 1),
        ("8411", "9112", 4, 3),
    ),
    ("government", "market_services"): (
        ("6411", "3312", 3, 10), ("6419", "4211", 8, 34), ("6512", "3321", 3, 10), ("4911", "8311", 8, 0),
        ("5110", "3154", 4, 2), ("6110", "2153", 8, 10), ("5221", "4323", 10, 6), ("4620", "4321", 9, 14),
        ("4912", "8332", 14, 0), ("5310", "4412", 4, 6), ("5222", "1324", 3, 2),
    ),
    ("government", "mining_and_utilities"): (
        ("3510", "7411", 26, 2), ("0610", "3117", 22, 8), ("3600", "8189", 14, 4), ("3510", "3113", 12, 20),
        ("0610", "4110", 6, 36), ("3600", "2145", 3, 18), ("3700", "9613", 9, 2), ("3510", "1321", 2, 2),
    ),
    ("government", "manufacturing"): (
        ("2011", "8131", 24, 8), ("1920", "8131", 30, 6), ("2394", "8114", 26, 2), ("1311", "8152", 8, 40),
        ("2100", "3119", 4, 20), ("1920", "2145", 4, 14), ("2011", "1321", 2, 2),
    ),
    ("government", "construction"): (("4210", "2142", 20, 50), ("4210", "9312", 50, 0), ("4220", "7126", 25, 0),
                                     ("4100", "4110", 5, 50)),
    ("formal", "public_services"): (
        ("8620", "2212", 20, 24), ("8549", "2359", 22, 34), ("8521", "2330", 18, 22), ("8610", "3221", 16, 16),
        ("9499", "2635", 12, 4), ("9311", "3423", 12, 0),
    ),
    ("formal", "market_services"): (
        ("4711", "5223", 24, 26), ("6419", "3312", 8, 24), ("6110", "2153", 8, 12), ("5610", "5120", 16, 6),
        ("4923", "8332", 12, 0), ("4690", "1221", 9, 7), ("7110", "2144", 8, 12), ("8010", "5414", 10, 0),
        ("4649", "3322", 5, 13),
    ),
    ("formal", "manufacturing"): (("1071", "7512", 34, 34), ("2395", "8114", 26, 0), ("1104", "8160", 22, 36),
                                  ("2220", "8142", 14, 24), ("1071", "1321", 4, 6)),
    ("formal", "construction"): (("4100", "2142", 26, 80), ("4290", "3112", 20, 20), ("4100", "9313", 36, 0),
                                 ("4100", "7112", 18, 0)),
    ("formal", "mining_and_utilities"): (("0910", "8113", 40, 0), ("3510", "7411", 40, 10), ("0910", "2146", 20, 90)),
    ("formal", "agriculture"): (("0146", "6122", 40, 40), ("0150", "6130", 35, 30), ("0321", "6221", 25, 30)),
    ("informal", "market_services"): (
        ("4711", "5221", 24, 34), ("4922", "8322", 24, 0), ("4781", "5211", 12, 12), ("4520", "7231", 10, 0),
        ("5610", "5120", 11, 18), ("4771", "5223", 11, 36), ("4923", "8332", 8, 0),
    ),
    ("informal", "construction"): (("4100", "9313", 52, 60), ("4330", "7123", 22, 0), ("4321", "7411", 10, 0),
                                   ("4100", "7112", 16, 0), ("4330", "7131", 0, 40)),
    ("informal", "manufacturing"): (("1410", "7531", 16, 72), ("3100", "7522", 26, 0), ("1071", "7512", 30, 24),
                                    ("2511", "7212", 28, 0), ("1392", "7318", 0, 4)),
    ("informal", "mining_and_utilities"): (("3811", "9611", 60, 40), ("3600", "9624", 40, 60)),
    ("informal", "public_services"): (("9602", "5142", 50, 76), ("8549", "2359", 20, 24), ("9521", "7421", 30, 0)),
    ("informal", "agriculture"): (("0111", "6111", 35, 30), ("0113", "6111", 30, 25), ("0150", "6130", 20, 20),
                                  ("0141", "6121", 15, 25)),
    ("household", "public_services"): (("9700", "9111", 20, 90), ("9700", "8322", 45, 0), ("9700", "9214", 35, 10)),
}  # fmt: skip
# Occupations that ask for the least schooling first, by ISCO-08 major group: elementary ones, clerks to machine
# operators and the armed forces, technicians, managers, professionals.
_SKILL = {"9": 0, **dict.fromkeys("045678", 1), "3": 2, "1": 3, "2": 4}
# Middle and spread of schooling by woman and informal job.
_SCHOOLING = {
    (False, False): (4.2, 1.5),
    (False, True): (2.6, 1.6),
    (True, False): (4.9, 1.4),
    (True, True): (3.8, 1.4),
}
_SIZES = ("1", "2-4", "5-9", "10-19", "20-49", "50+")


def answer_job(people: People, jobs: Jobs) -> None:
    """The questions on the main job and its unit, of the employed."""
    employed, kind = people.employed, jobs.kind
    people.ask("job_count", employed, np.where(people.share("second job", 0.03), "more", "one").astype(object))
    _answer_trade(people, jobs)
    independent = np.isin(kind.astype(str), ["own", "employer"])
    partner = independent & people.share("partner in the family business", 0.05, lasting=True)
    paid_helper = (kind == "employee") & people.informal_sector & people.informal_job
    paid_helper &= people.share("paid helper of the family", 0.04, lasting=True)
    helper_of_employee = kind == "helps_employee"
    conditions = [partner | paid_helper | (kind == "family"), kind == "apprentice", helper_of_employee, independent]
    codes = ["helping_family_business", "apprentice", "helping_family_employee", "own_business"]
    relationship = np.select(conditions, codes, "employee").astype(object)
    people.ask("employment_relationship", employed, relationship)
    helping = people.is_("employment_relationship", "helping_family_business")
    together = people.one_of("decides", ["self", "together"], [0.2, 0.8], lasting=True)
    others = people.one_of("decides for them", ["other_family", "non_relatives"], [0.95, 0.05], lasting=True)
    people.ask("decision_maker", helping, np.where(partner, together, others).astype(object))
    asked_hires = people.is_("employment_relationship", "own_business") | people.is_(
        "decision_maker", "self", "together"
    )
    people.ask("hires_workers", asked_hires, yes_no(kind == "employer"))
    asked_pay = employed & ~asked_hires
    _answer_pay_type(people, asked_pay, (kind == "employee") | (kind == "apprentice"))
    _answer_unit(people, jobs)
    employee = np.isin(kind.astype(str), ["employee", "apprentice"])
    _answer_benefits(people, jobs, employee)


def _answer_trade(people: People, jobs: Jobs) -> None:
    private = np.where(people.informal_sector, "informal", "formal")
    employer = np.where(jobs.government, "government", np.where(jobs.household_employer, "household", private))
    industry = np.full(len(people), None, dtype=object)
    occupation = industry.copy()
    draw = _standing(people)
    for (name, branch), trades in _TRADES.items():
        table = sorted(trades, key=lambda line: _SKILL[line[1][0]])
        lines = np.array([line[:2] for line in table], dtype=object)
        for woman in (False, True):
            who = people.employed & (employer == name) & (people.branch == branch) & (people.woman == woman)
            edges = np.cumsum([float(line[3] if woman else line[2]) for line in table])
            row = np.searchsorted(edges[:-1] / edges[-1], draw[who], side="right")
            industry[who], occupation[who] = lines[row, 0], lines[row, 1]
    people.ask("industry", people.employed, industry)
    people.ask("occupation", people.employed, occupation)
    people.silent("industry", people.employed, 0.006)
    people.silent("occupation", people.employed, 0.006)


def _standing(people: People) -> Floats:
    """A number in (0, 1) that lasts, evenly spread among the men and the women in formal and in informal jobs.

    It is high for those who got far at school compared with others in such jobs, to whom the occupations go that ask
    for schooling: the shares of the occupations stay those of _TRADES.
    """
    away = np.zeros(len(people))
    for woman in (False, True):
        for informal in (False, True):
            some = (people.woman == woman) & (people.informal_job == informal)
            middle, spread = _SCHOOLING[woman, informal]
            away[some] = (schooling(people)[some] - middle) / spread
    return ndtr(0.9 * away + np.sqrt(1 - 0.9**2) * people.lasting.normal(people.person, "trade"))


def _answer_pay_type(people: People, asked: Mask, paid: Mask) -> None:
    main = people.one_of(
        "paid by", ["wage", "piece", "commission", "fees", "other_cash"], [86, 9, 2, 1, 2], lasting=True
    )
    main[(main == "piece") & ~people.informal_job] = "wage"
    in_kind = people.share("meals", np.where(paid, 0.03, 0.25), lasting=True)
    products = people.share("products", np.where(paid, 0.005, 0.12), lasting=True)
    options = {option: paid & (main == option) for option in ("wage", "piece", "commission")}
    options["tips"] = paid & people.share("tips", 0.02, lasting=True)
    options["fees"] = paid & (main == "fees")
    options["meals"], options["products"] = in_kind, products
    options["other_cash"] = paid & (main == "other_cash")
    meals_only = _paid_in_meals_only(people, paid)
    for option in ("wage", "piece", "commission", "tips", "fees", "other_cash", "products"):
        options[option] &= ~meals_only
    options["meals"] |= meals_only
    options["unpaid"] = ~paid & ~in_kind & ~products
    people.ask_several("pay_type", asked, options)


def _paid_in_meals_only(people: People, paid: Mask) -> Mask:
    """Those who are paid, and not in cash.

    ASSUME In the invented population twelve in a thousand informal employees are paid in meals only; there is no
    figure for Iraq.
    """
    hired = people.is_("employment_relationship", "employee", "apprentice")
    return paid & hired & people.informal_job & people.share("paid in meals only", 0.012, lasting=True)


def _answer_unit(people: People, jobs: Jobs) -> None:
    employed, sector = people.employed, people.informal_sector
    asked_employer = people.is_("employment_relationship", "employee", "apprentice", "helping_family_employee")
    others = people.one_of(
        "formal employer", ["private_business", "ngo", "international"], [0.95, 0.04, 0.01], lasting=True
    )
    private = np.where(jobs.farm, "farm", np.where(sector, "private_business", others))
    employer = np.where(jobs.government, "government", np.where(jobs.household_employer, "household", private))
    people.ask("employer_type", asked_employer, employer.astype(object))
    private_formal = employed & ~sector & ~jobs.household_employer

    small = people.one_of("size", _SIZES, [0.42, 0.42, 0.12, 0.03, 0.01, 0.0], lasting=True)
    large = people.one_of("size", _SIZES, [0.01, 0.14, 0.20, 0.20, 0.20, 0.25], lasting=True)
    state = people.one_of("size", _SIZES, [0.0, 0.02, 0.08, 0.20, 0.30, 0.40], lasting=True)
    size = np.where(jobs.government, state, np.where(private_formal, large, small)).astype(object)
    alone = (jobs.kind == "own") & (size != "1") & people.share("works alone", 0.5, lasting=True)
    size[alone] = "1"
    size[(jobs.kind == "employer") & (size == "1")] = "2-4"
    people.ask("establishment_size", employed, size)
    place = people.one_of(
        "place", ["fixed_premises", "street", "vehicle", "client_home", "own_home", "door_to_door", "other"],
        [0.38, 0.13, 0.17, 0.17, 0.08, 0.02, 0.05], lasting=True,
    )  # fmt: skip
    place[private_formal | jobs.government] = "fixed_premises"
    place[jobs.household_employer] = "client_home"
    place[jobs.farm] = "farm"
    people.ask("place_of_work", employed, place)
    _answer_formality(people, private_formal)
    surely_known = ~people.is_("incorporated", NO_ANSWER) & ~people.is_("registered", NO_ANSWER)
    people.silent("establishment_size", employed & surely_known, 0.008)
    people.silent("place_of_work", employed & surely_known, 0.004)


def _answer_formality(people: People, formal: Mask) -> None:
    """Incorporated, registered, accounts: who does not know works where the other answers settle it.

    ASSUME Item non-response in the invented survey never changes a concept: it falls on answers that do not decide the
    person's true status, so that the population's published rates are those of the answers as well.
    """
    not_private = people.is_("employer_type", "government", "household", "ngo", "international")
    asked = people.employed & ~not_private
    proof = people.one_of("formal by", ["incorporated", "registered", "accounts"], [0.5, 0.42, 0.08], lasting=True)
    proof = np.where(formal, proof, "nothing")
    employee = people.is_("employment_relationship", "employee", "apprentice")
    settled = np.isin(people.text("establishment_size").astype(str), ["1", "2-4"])
    settled &= ~people.is_("place_of_work", "fixed_premises") & people.informal_job
    unsure = people.share("knows the unit badly", np.where(employee, 0.10, 0.02), lasting=True)
    people.ask("incorporated", asked, yes_no(proof == "incorporated"))
    people.silent("incorporated", unsure & ((proof == "registered") | (proof == "accounts") | (settled & ~formal)), 0.8)
    asked_registered = asked & ~people.is_("incorporated", "yes")
    people.ask("registered", asked_registered, yes_no(proof == "registered"))
    people.silent("registered", unsure & ((proof == "accounts") | (settled & ~formal)), 0.6)
    asked_accounts = asked_registered & ~people.is_("registered", "yes")
    kept = people.one_of("accounts", ["simplified", "informal_records", "none"], [0.08, 0.22, 0.70], lasting=True)
    people.ask("bookkeeping", asked_accounts, np.where(proof == "accounts", "full_accounts", kept).astype(object))
    people.silent("bookkeeping", settled & (proof == "nothing"), 0.03)


def _answer_benefits(people: People, jobs: Jobs, employee: Mask) -> None:
    formal = ~people.informal_job
    written = people.share(
        "written contract", np.where(formal, 0.97, np.where(jobs.government, 0.75, 0.10)), lasting=True
    )
    contract: Texts = np.where(written, "written", "oral").astype(object)
    people.ask("contract", employee, contract)
    people.silent("contract", employee, 0.01)
    people.ask("social_insurance", employee, yes_no(formal))
    leave = people.share("annual leave", np.where(formal, 0.95, np.where(jobs.government, 0.35, 0.05)), lasting=True)
    sick = people.share("sick leave", np.where(formal, 0.96, np.where(jobs.government, 0.40, 0.06)), lasting=True)
    people.ask("paid_annual_leave", employee, yes_no(leave))
    people.ask("paid_sick_leave", employee, yes_no(sick))
    people.silent("social_insurance", ~formal & ~leave & ~sick, 0.03)
    insured = people.is_("social_insurance", "yes", "no")
    people.silent("paid_annual_leave", insured, 0.008)
    people.silent("paid_sick_leave", insured, 0.008)
