"""Elementary functions with the same bits everywhere, built from +, -, *, / and IEEE 754 patterns.

The C library and NumPy choose their code by processor, so their last bit is nobody's promise; these are ours.
`sqrt_` may use the hardware: IEEE 754 prescribes its rounding.
"""

from __future__ import annotations

import math

from simulator.compiled import bits_from_float, float_from_bits, kernel, rule

LN2_HIGH = 0.693147180369123816490  # ln 2 with the low 32 bits zero: k * LN2_HIGH is exact for |k| < 2^20
LN2_LOW = 1.90821492927058770002e-10
PER_LN2 = 1.44269504088896338700
LARGEST_EXPONENT = 709.0
SMALLEST_EXPONENT = -708.0
SQRT_HALF = 0.70710678118654752440
NOT_A_NUMBER = float("nan")


@rule
def exp_(x: float) -> float:
    """e to the power x, with at most 2 units in the last place of error; clamped to [-708, 709]; NaN stays NaN."""
    if x != x:  # noqa: PLR0124  (true for NaN alone)
        return x
    x = min(max(x, SMALLEST_EXPONENT), LARGEST_EXPONENT)
    scaled = x * PER_LN2
    k = int(scaled + 0.5) if scaled >= 0.0 else int(scaled - 0.5)
    r = (x - k * LN2_HIGH) - k * LN2_LOW
    tail = 1.0 / 479001600.0 + r * (1.0 / 6227020800.0)
    tail = 1.0 / 3628800.0 + r * (1.0 / 39916800.0 + r * tail)
    tail = 1.0 / 40320.0 + r * (1.0 / 362880.0 + r * tail)
    tail = 1.0 / 720.0 + r * (1.0 / 5040.0 + r * tail)
    tail = 1.0 / 24.0 + r * (1.0 / 120.0 + r * tail)
    power = 1.0 + (r + r * r * (0.5 + r * (1.0 / 6.0 + r * tail)))
    return power * float_from_bits((k + 1023) << 52)


@rule
def log_(x: float) -> float:
    """Natural logarithm of a positive normal double, with at most 2 units in the last place of error; else NaN."""
    if not x > 0.0:
        return NOT_A_NUMBER
    bits = bits_from_float(x)
    k = (bits >> 52) - 1023
    mantissa = float_from_bits((bits & 0x000FFFFFFFFFFFFF) | 0x3FF0000000000000)
    if mantissa > 2.0 * SQRT_HALF:
        mantissa = mantissa * 0.5
        k = k + 1
    f = mantissa - 1.0
    s = f / (2.0 + f)  # ln(1 + f) = 2 atanh(s)
    z = s * s
    series = 1.0 / 15.0 + z * (1.0 / 17.0 + z * (1.0 / 19.0 + z * (1.0 / 21.0)))
    series = 1.0 / 9.0 + z * (1.0 / 11.0 + z * (1.0 / 13.0 + z * series))
    series = z * (1.0 / 3.0 + z * (1.0 / 5.0 + z * (1.0 / 7.0 + z * series)))
    half_square = 0.5 * f * f
    return k * LN2_HIGH - ((half_square - (s * (half_square + 2.0 * series) + k * LN2_LOW)) - f)


@rule
def sqrt_(x: float) -> float:
    """Square root, rounded as IEEE 754 prescribes."""
    return math.sqrt(x)


@rule
def power_(base: float, exponent: float) -> float:
    """base to the power exponent, for a positive base."""
    return exp_(exponent * log_(base))


@rule
def logistic(x: float) -> float:
    """Probability whose log-odds are x."""
    return 1.0 / (1.0 + exp_(-x))


@rule
def logit(probability: float) -> float:
    """Log-odds of a probability strictly between 0 and 1."""
    return log_(probability / (1.0 - probability))


@rule
def normal_quantile(p: float) -> float:
    """Value below which a standard normal lies with probability p, 0 < p < 1.

    Source: Wichura 1988, algorithm AS 241 (PPND16); relative error about 1e-16 in exact arithmetic.
    """
    q = p - 0.5
    if -0.425 <= q <= 0.425:
        r = 0.180625 - q * q
        a = 2509.0809287301226727 * r + 33430.575583588128105
        a = ((a * r + 67265.770927008700853) * r + 45921.953931549871457) * r + 13731.693765509461125
        a = ((a * r + 1971.5909503065514427) * r + 133.14166789178437745) * r + 3.387132872796366608
        b = 5226.495278852854561 * r + 28729.085735721942674
        b = ((b * r + 39307.89580009271061) * r + 21213.794301586595867) * r + 5394.1960214247511077
        b = ((b * r + 687.1870074920579083) * r + 42.313330701600911252) * r + 1.0
        return q * a / b
    r = sqrt_(-log_(min(p, 1.0 - p)))
    if r <= 5.0:
        r = r - 1.6
        a = 7.7454501427834140764e-4 * r + 0.0227238449892691845833
        a = ((a * r + 0.24178072517745061177) * r + 1.27045825245236838258) * r + 3.64784832476320460504
        a = ((a * r + 5.7694972214606914055) * r + 4.6303378461565452959) * r + 1.42343711074968357734
        b = 1.05075007164441684324e-9 * r + 5.475938084995344946e-4
        b = ((b * r + 0.0151986665636164571966) * r + 0.14810397642748007459) * r + 0.68976733498510000455
        b = ((b * r + 1.6763848301838038494) * r + 2.05319162663775882187) * r + 1.0
    else:
        r = r - 5.0
        a = 2.01033439929228813265e-7 * r + 2.71155556874348757815e-5
        a = ((a * r + 0.0012426609473880784386) * r + 0.026532189526576123093) * r + 0.29656057182850489123
        a = ((a * r + 1.7848265399172913358) * r + 5.4637849111641143699) * r + 6.6579046435011037772
        b = 2.04426310338993978564e-15 * r + 1.4215117583164458887e-7
        b = ((b * r + 1.8463183175100546818e-5) * r + 7.868691311456132591e-4) * r + 0.0148753612908506148525
        b = ((b * r + 0.13692988092273580531) * r + 0.59983220655588793769) * r + 1.0
    return -a / b if q < 0.0 else a / b


@rule
def _log_gamma(x: float) -> float:
    """ln of the gamma function for x > 0: Stirling's series after shifting x above 15."""
    shift = 0.0
    while x < 15.0:
        shift = shift + log_(x)
        x = x + 1.0
    z = 1.0 / (x * x)
    series = (1.0 / 12.0 - z * (1.0 / 360.0 - z * (1.0 / 1260.0 - z * (1.0 / 1680.0 - z * (1.0 / 1188.0))))) / x
    return (x - 0.5) * log_(x) - x + 0.91893853320467274178 + series - shift


@rule
def _beta_fraction(a: float, b: float, x: float) -> float:
    """Continued fraction of the incomplete beta function, by Lentz's method (DLMF 8.17.22)."""
    c = 1.0
    d = 1.0 - (a + b) * x / (a + 1.0)
    d = 1.0 / (d if abs(d) > 1e-300 else 1e-300)
    value = d
    for m in range(1, 300):
        even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))
        for term in (even, odd):
            d = 1.0 + term * d
            c = 1.0 + term / c
            d = 1.0 / (d if abs(d) > 1e-300 else 1e-300)
            c = c if abs(c) > 1e-300 else 1e-300
            step = c * d
            value = value * step
        if -1e-15 < step - 1.0 < 1e-15:
            break
    return value


@rule
def _log_beta(a: float, b: float) -> float:
    """ln of the beta function."""
    return _log_gamma(a) + _log_gamma(b) - _log_gamma(a + b)


@rule
def _beta_cdf(a: float, b: float, x: float, log_beta: float) -> float:
    if x <= 0.0:
        return 0.0
    if x >= 1.0:
        return 1.0
    front = exp_(a * log_(x) + b * log_(1.0 - x) - log_beta)
    if x < (a + 1.0) / (a + b + 2.0):
        return min(1.0, front * _beta_fraction(a, b, x) / a)
    return max(0.0, 1.0 - front * _beta_fraction(b, a, 1.0 - x) / b)


@rule
def beta_cdf(a: float, b: float, x: float) -> float:
    """Probability that a beta variable with shapes a and b is at most x (regularized incomplete beta)."""
    return _beta_cdf(a, b, x, _log_beta(a, b))


@rule
def beta_quantile(a: float, b: float, p: float) -> float:
    """Value below which a beta variable with shapes a and b lies with probability p: Newton in a shrinking bracket."""
    log_beta = _log_beta(a, b)
    low = 0.0
    high = 1.0
    x = a / (a + b)
    for _ in range(100):
        error = _beta_cdf(a, b, x, log_beta) - p
        if error > 0.0:
            high = x
        else:
            low = x
        if error == 0.0 or high - low < 1e-16:
            break
        density = exp_((a - 1.0) * log_(x) + (b - 1.0) * log_(1.0 - x) - log_beta)
        step = x - error / density if density > 1e-300 else low
        following = step if low < step < high else 0.5 * (low + high)
        if -1e-16 < following - x < 1e-16:
            break
        x = following
    return x


@kernel
def compiled_beta_quantile(a: float, b: float, p: float) -> float:
    """`beta_quantile` for callers in plain Python: hundreds of times faster, the same bits."""
    return beta_quantile(a, b, p)
