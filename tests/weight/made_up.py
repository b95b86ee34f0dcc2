"""Controls written out in a test."""

from lfs.metadata.controls import Controls, Margin


def margin(
    name: str, variables: tuple[str, ...], totals: dict[tuple[str, ...], float], counts: str = "persons"
) -> Margin:
    return Margin(name, variables, counts, totals, {key: number + 2 for number, key in enumerate(totals)})


def controls(*margins: Margin) -> Controls:
    return Controls("config/controls/2021H2.csv", margins)
