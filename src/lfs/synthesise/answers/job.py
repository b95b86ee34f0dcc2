"""Answers on the main job: relationship, pay, unit and its formality, contract and benefits."""

from __future__ import annotations

import numpy as np

from lfs.synthesise.answers.people import NO_ANSWER, Mask, People, Texts, yes_no
from lfs.synthesise.answers.work import Jobs

# Trades as (industry ISIC rev. 4, occupation ISCO-08, share for men, share for women).
_TRADES: dict[str, tuple[tuple[str, str, int, int], ...]] = {
    "government": (
        ("8510", "2341", 8, 38), ("8521", "2330", 9, 22), ("8530", "2310", 2, 4), ("8610", "3221", 3, 7),
        ("8610", "2211", 2, 4), ("8411", "4110", 9, 12), ("8412", "3343", 4, 5), ("8413", "1112", 3, 2),
        ("8422", "0310", 22, 0), ("8423", "5412", 26, 1), ("3510", "7411", 4, 1), ("0610", "3117", 3, 1),
        ("3600", "8189", 2, 0), ("8411", "9112", 3, 3),
    ),
    "formal": (
        ("4711", "5223", 18, 14), ("6419", "3312", 6, 16), ("6110", "2153", 6, 6), ("4100", "2142", 10, 4),
        ("5610", "5120", 12, 2), ("1071", "7512", 8, 5), ("8620", "2212", 5, 14), ("8549", "2359", 4, 22),
        ("4923", "8332", 8, 0), ("4690", "1221", 8, 3), ("2395", "8114", 6, 0), ("7110", "2144", 5, 6),
        ("8010", "5414", 4, 0),
    ),
    "informal": (
        ("4711", "5221", 14, 18), ("4100", "9313", 20, 0), ("4330", "7123", 9, 0), ("4922", "8322", 15, 0),
        ("4781", "5211", 7, 5), ("4520", "7231", 6, 0), ("5610", "5120", 6, 4), ("9602", "5142", 3, 18),
        ("1410", "7531", 2, 34), ("3100", "7522", 3, 0), ("4771", "5223", 7, 9), ("1071", "7512", 3, 6),
        ("4923", "8332", 5, 0),
        ("8549", "2359", 0, 6),
    ),
    "farm": (("0111", "6111", 35, 30), ("0113", "6111", 30, 25), ("0150", "6130", 20, 20), ("0141", "6121", 15, 25)),
    "household": (("9700", "9111", 20, 90), ("9700", "8322", 45, 0), ("9700", "9214", 35, 10)),
}  # fmt: skip
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
    outside_farm = np.where(people.informal_sector, "informal", "formal")
    trade = np.where(jobs.government, "government", np.where(jobs.household_employer, "household", outside_farm))
    trade = np.where(jobs.farm, "farm", trade)
    industry = np.full(len(people), None, dtype=object)
    occupation = industry.copy()
    for name, table in _TRADES.items():
        for woman in (False, True):
            who = people.employed & (trade == name) & (people.woman == woman)
            shares = [float(row[3] if woman else row[2]) for row in table]
            row = people.one_of("trade", [str(place) for place in range(len(table))], shares, lasting=True)[who].astype(
                int
            )
            industry[who] = np.array([line[0] for line in table], dtype=object)[row]
            occupation[who] = np.array([line[1] for line in table], dtype=object)[row]
    people.ask("industry", people.employed, industry)
    people.ask("occupation", people.employed, occupation)
    people.silent("industry", people.employed, 0.006)
    people.silent("occupation", people.employed, 0.006)


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
    options["unpaid"] = ~paid & ~in_kind & ~products
    people.ask_several("pay_type", asked, options)


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
