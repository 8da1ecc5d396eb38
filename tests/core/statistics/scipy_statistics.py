"""Statistics by scipy.

scipy_statistics.py WHAT VALUE...
wilcoxon        two-sided p of the values as differences: exact (nan with zeros or ties), normal, normal corrected; W
ttest           t, two-sided p, both ends of the 95 % interval of the mean
quantiles       numpy's quartiles
distributions   of a probability and two numbers a, b: normal quantile, P(Z <= a), quantile of t with a degrees of
                freedom, P(T > b), quantile of F with a and b degrees
Prints a figure a line.
"""
import sys

import numpy
from scipy import stats


def wilcoxon(values):
    kept = values[values != 0]
    exact = len(kept) == len(values) and len(set(abs(kept))) == len(kept) and len(kept) <= 25
    yield stats.wilcoxon(values, mode="exact").pvalue if exact else float("nan")
    yield stats.wilcoxon(values, mode="approx").pvalue
    yield stats.wilcoxon(values, mode="approx", correction=True).pvalue
    yield stats.wilcoxon(values, mode="approx").statistic


def ttest(values):
    result = stats.ttest_1samp(values, 0)
    yield from (result.statistic, result.pvalue, *result.confidence_interval(0.95))


def quantiles(values):
    yield from numpy.quantile(values, (0.25, 0.5, 0.75))


def distributions(values):
    p, first, second = values
    yield from (stats.norm.ppf(p), stats.norm.cdf(first), stats.t.ppf(p, first), stats.t.sf(second, first),
                stats.f.ppf(p, first, second))


FUNCTIONS = {function.__name__: function for function in (wilcoxon, ttest, quantiles, distributions)}
for figure in FUNCTIONS[sys.argv[1]](numpy.array(sys.argv[2:], float)):
    print(repr(float(figure)))
