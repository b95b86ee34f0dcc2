"""The country as the invented survey takes it: governorates, their people, where they live and who was displaced."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

_ASSUMED = Path(__file__).parent / "assumed"
KRI = ("duhok", "erbil", "sulaymaniyah")


def governorates() -> pd.DataFrame:
    """One row a governorate, in the dictionary's order; persons are in thousands.

    ASSUME Population by governorate, urban shares, and numbers of refugees, internally displaced people and returnees
    in the invented population are rounded general knowledge of the years 2021-2022, not an official frame.
    """
    table = pd.read_csv(_ASSUMED / "governorates.csv")
    table["region"] = table["governorate"].isin(KRI).map({True: "kri", False: "federal"})
    table["office"] = table["region"].map({"kri": "krso", "federal": "cso"})
    table["men"] = table["region"].map({"kri": 0.500, "federal": 0.504})
    return table


def strata() -> pd.DataFrame:
    """One row a stratum: governorate x urban/rural, and the camps of a governorate where it has any.

    Columns stratum, place (urban, rural, camp), the governorate's columns, persons (thousands) and the shares of each
    kind of displaced people among them.
    """
    rows: list[dict[str, Any]] = []
    for row in governorates().to_dict("records"):
        in_camp = row["idp_in_camp"] + row["refugees_in_camp"]
        outside = row["population"] - in_camp
        for place, persons in (
            ("urban", outside * row["urban"]),
            ("rural", outside * (1 - row["urban"])),
            ("camp", in_camp),
        ):
            if persons == 0:
                continue
            camp = place == "camp"
            share: dict[str, float] = {
                "refugee_share": row["refugees_in_camp"] if camp else row["refugees"] - row["refugees_in_camp"],
                "idp_share": row["idp_in_camp"] if camp else row["idp_out_of_camp"],
                "returnee_share": 0 if camp else row["returnees"],
            }
            base = in_camp if camp else outside
            own = {name: number / base for name, number in share.items()}
            settlement = {"urban_rural": "urban" if place == "urban" else "rural", "persons": persons}
            name = f"{row['number']:02d}{place[0].upper()}"
            rows.append(
                {"stratum": name, "place": place, **{str(key): value for key, value in row.items()}} | settlement | own
            )
    return pd.DataFrame(rows)
