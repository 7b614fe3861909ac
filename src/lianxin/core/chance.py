"""Whether two counts of small numbers differ by more than chance.

Counts of independent events in two spans are Poisson; given their sum, one of them is binomial, its share that of its
span (the conditional test of two Poisson means, Przyborowski and Wilenski 1940). Two-sided, by twice the smaller tail.
"""

from __future__ import annotations

from math import exp, lgamma, log

#: So seldom may chance alone make a difference that is told of.
LEVEL = 0.05


def beyond_chance(now: int, then: int, days: int, days_then: int, tests: int = 1) -> bool:
    """Whether a count differs from an earlier one by more than chance.

    Args:
        now: What was counted in ``days``.
        then: What was counted before, in ``days_then``.
        days: Length of the span, at least 1.
        days_then: Length of the span before, at least 1.
        tests: How many such questions are put at once: each is judged the more strictly (Bonferroni).
    """
    whole = now + then
    if not whole:
        return False
    share = days / (days + days_then)
    lower = sum(_mass(k, whole, share) for k in range(now + 1))
    upper = sum(_mass(k, whole, share) for k in range(now, whole + 1))
    return 2 * min(lower, upper) * tests < LEVEL


def _mass(k: int, n: int, share: float) -> float:
    return exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(share) + (n - k) * log(1 - share))
