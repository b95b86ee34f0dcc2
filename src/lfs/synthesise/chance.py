"""Chance that belongs to a unit: the same person, question and seed always give the same draw, whoever else is drawn.

A population larger than anybody wants to write down needs answers that do not depend on who was sampled before.
Every draw is therefore a function of (seed, purpose, unit): a 64-bit mixing of the unit's number under a key that
numpy's SeedSequence makes from seed and purpose (splitmix64: Steele, Lea and Flood 2014, OOPSLA).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

Floats = NDArray[np.float64]
Units = NDArray[np.int64]


@dataclass(frozen=True)
class Chance:
    """Independent streams of draws, one a purpose, from one seed.

    `within` opens a family of streams of its own (a round, a repetition of the sample) that shares nothing with others.
    """

    seed: int
    scope: tuple[str, ...] = ()

    def within(self, *scope: str) -> Chance:
        return Chance(self.seed, (*self.scope, *scope))

    def uniform(self, units: NDArray[np.integer], purpose: str) -> Floats:
        """One number in (0, 1) for every unit."""
        name = "/".join((*self.scope, purpose)).encode()
        key = np.random.SeedSequence([self.seed, *name]).generate_state(1, np.uint64)[0]
        mixed = units.astype(np.uint64)
        with np.errstate(over="ignore"):
            mixed *= np.uint64(0x9E3779B97F4A7C15)
            mixed += key
            mixed ^= mixed >> np.uint64(30)
            mixed *= np.uint64(0xBF58476D1CE4E5B9)
            mixed ^= mixed >> np.uint64(27)
            mixed *= np.uint64(0x94D049BB133111EB)
            mixed ^= mixed >> np.uint64(31)
        return ((mixed >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53

    def normal(self, units: NDArray[np.integer], purpose: str) -> Floats:
        """One standard normal number for every unit."""
        return ndtri(self.uniform(units, purpose))

    def happens(self, units: NDArray[np.integer], purpose: str, probability: float | Floats) -> NDArray[np.bool_]:
        """Whether an event of the given probability happens to every unit."""
        return self.uniform(units, purpose) < probability

    def choice(self, units: NDArray[np.integer], purpose: str, shares: dict[str, float]) -> NDArray[np.object_]:
        """One of the codes for every unit, with the given shares (they need not add to one)."""
        return pick(self.uniform(units, purpose), list(shares), list(shares.values()))


def pick(uniform: Floats, codes: Sequence[str], shares: Sequence[float]) -> NDArray[np.object_]:
    """The code in whose share of the unit interval each uniform number falls."""
    edges = np.cumsum(np.asarray(shares, dtype=float))
    position = np.searchsorted(edges[:-1] / edges[-1], uniform, side="right")
    return np.asarray(codes, dtype=object)[position]
