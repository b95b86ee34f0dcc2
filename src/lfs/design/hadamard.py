"""Hadamard matrices: rows of 1 and -1 at right angles to each other, from which balanced replicates are made."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

Signs = NDArray[np.int8]


def hadamard(at_least: int) -> Signs:
    """Matrix of the smallest order, not below `at_least`, that can be made; first row and first column are all 1.

    Orders 1, 2, q + 1 for a prime q = 3 (mod 4) and 2 (q + 1) for a prime q = 1 (mod 4) (Paley, J. Math. Phys. 12
    (1933), 311-320), and their doubles (Sylvester). The fewer replicates, the faster.
    """
    order = at_least if at_least <= 2 else -4 * (-at_least // 4)
    while not _possible(order):
        order += 4
    return _matrix(max(order, 1))


@cache
def _possible(order: int) -> bool:
    if order <= 2:
        return True
    return (
        (order % 4 == 0 and _prime(order - 1))
        or (order % 4 == 0 and _prime(order // 2 - 1) and order // 2 % 4 == 2)
        or (order % 2 == 0 and _possible(order // 2))
    )


def _matrix(order: int) -> Signs:
    if order <= 2:
        return np.array([[1, 1], [1, -1]], dtype=np.int8)[:order, :order]
    if _prime(order - 1):
        made = _paley(order - 1, symmetric=False)
    elif order // 2 % 4 == 2 and _prime(order // 2 - 1):
        made = _paley(order // 2 - 1, symmetric=True)
    else:
        half = _matrix(order // 2)
        made = np.block([[half, half], [half, -half]])
    made = made * made[:, :1]
    return (made * made[:1]).astype(np.int8)


def _paley(prime: int, symmetric: bool) -> Signs:
    character = np.full(prime, -1, dtype=np.int8)
    character[np.arange(1, prime) ** 2 % prime] = 1
    character[0] = 0
    # Row i is the character of i - j for all j: a window that slides over it backwards, no second copy of the matrix.
    backwards = np.r_[character[::-1], character[::-1]][:-1]
    jacobsthal = np.lib.stride_tricks.sliding_window_view(backwards, prime)[::-1]
    border = np.ones((1, prime), dtype=np.int8)
    corner = np.zeros((1, 1), dtype=np.int8)
    if not symmetric:
        skew = np.block([[corner, border], [-border.T, jacobsthal]])
        return skew + np.eye(prime + 1, dtype=np.int8)
    conference = np.block([[corner, border], [border.T, jacobsthal]])
    one, other = np.array([[1, 1], [1, -1]], dtype=np.int8), np.array([[1, -1], [-1, -1]], dtype=np.int8)
    return np.kron(conference, one) + np.kron(np.eye(prime + 1, dtype=np.int8), other)


def _prime(number: int) -> bool:
    return number > 1 and all(number % divisor for divisor in range(2, int(number**0.5) + 1))
