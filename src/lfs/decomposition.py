"""Least squares on variables of which some repeat others, the same to the last bit whatever the number of threads."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_triangular

Codes = NDArray[np.intp]
Floats = NDArray[np.float64]
RANK = 1e-11  # of a variable's sum of squares, below which it is a combination of the variables before it


@dataclass(frozen=True)
class Decomposition:
    """gram = S L L' S for the variables `kept`, in their order; the variables `repeated` are combinations of them.

    size: (variables,) the diagonal of S; lower: L, of the kept; rest: (kept, repeated) what is solved for the repeated.
    """

    kept: Codes
    repeated: Codes
    size: Floats
    lower: Floats
    rest: Floats

    def solve(self, right: Floats) -> Floats:
        """(variables, ...) a solution of gram times it = right, zero for the repeated variables."""
        found = np.zeros_like(right, dtype=np.float64)
        size = self.size[self.kept].reshape(-1, *([1] * (right.ndim - 1)))
        half = solve_triangular(self.lower, right[self.kept] / size, lower=True, check_finite=False)
        found[self.kept] = solve_triangular(self.lower, half, lower=True, trans="T", check_finite=False) / size
        return found

    def combinations(self) -> Floats:
        """(variables, repeated) for each repeated variable, one combination of variables that is zero everywhere."""
        found = np.zeros((len(self.size), len(self.repeated)))
        found[self.kept] = (
            -solve_triangular(self.lower, self.rest, lower=True, trans="T", check_finite=False)
            / self.size[self.kept][:, None]
        )
        found[self.repeated, np.arange(len(self.repeated))] = 1 / self.size[self.repeated]
        return found


def decompose(gram: Floats) -> Decomposition:
    """Cholesky decomposition with pivoting (Higham, Accuracy and Stability of Numerical Algorithms, 2002, ch. 10).

    gram: (variables, variables) sums of squares and products; a variable that is zero everywhere is in neither list.
    """
    size = np.sqrt(np.diag(gram))
    order = np.flatnonzero(size > 0)
    left = gram[np.ix_(order, order)] / np.outer(size[order], size[order])
    rank = 0
    while rank < len(order):
        pivot = rank + int(np.argmax(np.diag(left)[rank:]))
        if left[pivot, pivot] < RANK:
            break
        if pivot != rank:
            swap = [pivot, rank]
            left[[rank, pivot]] = left[swap]
            left[:, [rank, pivot]] = left[:, swap]
            order[[rank, pivot]] = order[swap]
        left[rank, rank] = np.sqrt(left[rank, rank])
        column = left[rank + 1 :, rank]
        column /= left[rank, rank]
        # Element by element and not by a library of linear algebra, whose sums depend on how many threads it has.
        left[rank + 1 :, rank + 1 :] -= column[:, None] * column
        rank += 1
    return Decomposition(order[:rank], order[rank:], size, np.tril(left[:rank, :rank]), left[rank:, :rank].T)
