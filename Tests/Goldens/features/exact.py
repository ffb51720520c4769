"""Every word of the recipe language in sixty-digit arithmetic: python exact.py > exact.json

Written the slow way, window by window; 400 bars of every kind; a value is None until it exists.
"""

import json

import ruled
from mpmath import atan, exp, log, mp, mpf, pi, sqrt

mp.dps = 60
BARS = 400
half = mpf(1) / 2


class Column(list):
    def __neg__(self):
        return each(lambda x: -x, self)

    def __add__(self, other):
        return each(lambda x, y: x + y, self, other)

    def __sub__(self, other):
        return each(lambda x, y: x - y, self, other)

    def __mul__(self, other):
        return each(lambda x, y: x * y, self, other)

    def __truediv__(self, other):
        return each(lambda x, y: None if y == 0 else x / y, self, other)

    def __radd__(self, other):
        return constant(other) + self

    def __rsub__(self, other):
        return constant(other) - self

    def __rmul__(self, other):
        return constant(other) * self


def constant(value):
    return Column([mpf(value)] * BARS)


def each(rule, *columns):
    columns = [c if isinstance(c, Column) else constant(c) for c in columns]
    return Column(None if None in row else rule(*row) for row in zip(*columns))


def windowed(rule):
    """A word over the last `bars` values of each of its columns."""

    def word(*arguments):
        *columns, bars = arguments
        found = []
        for row in range(BARS):
            parts = [c[row - bars + 1 : row + 1] if row + 1 >= bars else [None] for c in columns]
            found.append(None if any(None in p for p in parts) else rule(*parts))
        return Column(found)

    return word


def average(x):
    return sum_(x) / len(x)


def sum_(x):
    total = mpf(0)
    for value in x:
        total += value
    return total


def moment(x, power):
    middle = average(x)
    return sum_([(value - middle) ** power for value in x]) / len(x)


def skewness(x):
    n, spread = len(x), moment(x, 2)
    return mpf(0) if spread == 0 else sqrt(mpf(n * (n - 1))) / (n - 2) * moment(x, 3) / spread**1.5


def kurtosis(x):
    n, spread = len(x), moment(x, 2)
    if spread == 0:
        return mpf(0)
    return mpf(n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * moment(x, 4) / spread**2 - 3 * (n - 1))


def line(x):
    """Slope, share explained, newest residual."""
    middle, mean_ = mpf(len(x) - 1) / 2, average(x)
    places = sum_([(k - middle) ** 2 for k in range(len(x))])
    products = sum_([(k - middle) * (value - mean_) for k, value in enumerate(x)])
    squares, rise = moment(x, 2) * len(x), products / places
    share = mpf(0) if squares == 0 else products**2 / places / squares
    return rise, share, x[-1] - mean_ - rise * middle


def quantile_of(share):
    def rule(x):
        ordered, place = sorted(x), mpf(share) * (len(x) - 1)
        low = int(place)
        high = min(low + 1, len(x) - 1)
        return ordered[low] + (place - low) * (ordered[high] - ordered[low])

    return windowed(rule)


def common(x, y):
    left, right = average(x), average(y)
    return sum_([(a - left) * (b - right) for a, b in zip(x, y)]) / len(x)


def correlated(x, y):
    spread = moment(x, 2) * moment(y, 2)
    return mpf(0) if spread == 0 else common(x, y) / sqrt(spread)


def ref(x, bars):
    return Column([None] * bars + x[:-bars])


def delta(x, bars):
    return x - ref(x, bars)


def change(x, bars):
    return x / ref(x, bars) - 1


def running(x, step):
    """Carries a value from bar to bar; absent bars are passed over."""
    found, state = [], None
    for value in x:
        if value is not None:
            state = step(state, value)
        found.append(None if value is None else state)
    return Column(found)


def smooth(x, bars, weight):
    seed, mean_, found = [], None, []
    for value in x:
        if value is None:
            found.append(None)
            continue
        if len(seed) < bars:
            seed.append(value)
            mean_ = average(seed) if len(seed) == bars else None
        else:
            mean_ += weight * (value - mean_)
        found.append(mean_)
    return Column(found)


def ema(x, bars):
    return smooth(x, bars, mpf(2) / (bars + 1))


def wilder(x, bars):
    return smooth(x, bars, mpf(1) / bars)


def ratio(x, y, otherwise):
    return each(lambda a, b: mpf(otherwise) if b == 0 else a / b, x, y)


def choose(condition, x, y):
    return each(lambda c, a, b: a if c != 0 else b, condition, x, y)


def above(x, y):
    return each(lambda a, b: mpf(a > b), x, y)


def larger(x, y):
    return each(max, x, y)


def smaller(x, y):
    return each(min, x, y)


def magnitude(x):
    return each(abs, x)


def cross(x, y):
    return each(
        lambda a, b, c, d: mpf(a > b and c <= d), x, constant(y), ref(x, 1), ref(constant(y), 1))


mean, total_of = windowed(average), windowed(sum_)
std = windowed(lambda x: sqrt(moment(x, 2)))
highest, lowest = windowed(max), windowed(min)
slope, residual = windowed(lambda x: line(x)[0]), windowed(lambda x: line(x)[2])
covariance = windowed(common)
spread_of = windowed(lambda x: moment(x, 2))
mad = windowed(lambda x: sum_([abs(v - average(x)) for v in x]) / len(x))
wma = windowed(lambda x: 2 * sum_([(k + 1) * v for k, v in enumerate(x)]) / (len(x) * (len(x) + 1)))


def zscore(x, bars):
    return ratio(x - mean(x, bars), std(x, bars), 0)


def rsi(x, bars):
    moved = delta(x, 1)
    rises, falls = wilder(larger(moved, 0), bars), wilder(larger(-moved, 0), bars)
    return ratio(100 * rises, rises + falls, 50)


def adaptive(x, rate):
    found, mean_ = [], None
    for value, weight in zip(x, rate):
        if value is None or weight is None:
            found.append(None)
            continue
        mean_ = value if mean_ is None else mean_ + weight * (value - mean_)
        found.append(mean_)
    return Column(found)


def cycle(x):
    """Ehlers' Hilbert transform of the smoothed price: the period and the phase."""
    x = (4 * x + 3 * ref(x, 1) + 2 * ref(x, 2) + ref(x, 3)) / 10
    tap = lambda past, k: past[-1 - k] if len(past) > k else mpf(0)
    a, b = mpf(0.0962), mpf(0.5769)
    turned = lambda p, gain: gain * (a * (tap(p, 0) - tap(p, 6)) + b * (tap(p, 2) - tap(p, 4)))
    price, detrended, q1, i1 = [], [], [], []
    i2 = q2 = re = im = period = mpf(0)
    periods, phases = [], []
    for value in x:
        if value is None:
            periods.append(None)
            phases.append(None)
            continue
        gain = mpf(0.075) * period + mpf(0.54)
        price.append(value)
        detrended.append(turned(price, gain))
        q1.append(turned(detrended, gain))
        i1.append(tap(detrended, 3))
        before_i, before_q = i2, q2
        i2 = mpf(0.2) * (i1[-1] - turned(q1, gain)) + mpf(0.8) * before_i
        q2 = mpf(0.2) * (q1[-1] + turned(i1, gain)) + mpf(0.8) * before_q
        re = mpf(0.2) * (i2 * before_i + q2 * before_q) + mpf(0.8) * re
        im = mpf(0.2) * (i2 * before_q - q2 * before_i) + mpf(0.8) * im
        found = 2 * pi / atan(im / re) if im != 0 and re != 0 else period
        found = max(min(found, mpf(1.5) * period), mpf(0.67) * period)
        period = mpf(0.2) * max(6, min(found, 50)) + mpf(0.8) * period
        periods.append(period)
        phases.append(mpf(0) if i1[-1] == 0 else atan(q1[-1] / i1[-1]) * 180 / pi)
    return Column(periods), Column(phases)


def varying(x, wanted, least, most):
    found = []
    for row in range(BARS):
        count = wanted[row]
        part = x[max(0, row - most + 1) : row + 1]
        if count is None or len(part) < most or None in part:
            found.append(None)
            continue
        count = min(most, max(least, int(count)))
        found.append(average(part[-count:]))
    return Column(found)


def barssince(condition):
    found, bars = [], None
    for value in condition:
        bars = 0 if value else None if bars is None else bars + 1
        found.append(None if bars is None else mpf(bars))
    return Column(found)


def latch(x, condition):
    found, kept = [], None
    for value, holds in zip(x, condition):
        kept = value if holds else kept
        found.append(kept)
    return Column(found)


def words(o, h, l, c, v):
    """Expressions of the recipe language beside what they are."""
    last, typical = ref(c, 1), (h + l + c) / 3
    tr = larger(h, last) - smaller(l, last)
    up, down = delta(h, 1), -delta(l, 1)
    rise = choose(above(up, larger(down, 0)), up, 0)
    fall = choose(above(down, larger(up, 0)), down, 0)
    atr = lambda n: wilder(tr, n)
    plus, minus = [ratio(100 * wilder(m, 5), atr(5), 0) for m in (rise, fall)]
    dx = ratio(100 * magnitude(plus - minus), plus + minus, 0)
    adx, place = wilder(dx, 5), ratio(2 * c - h - l, h - l, 0)
    position = lambda n: ratio(c - lowest(l, n), highest(h, n) - lowest(l, n), half)
    placed = lambda x, n: ratio(x - lowest(x, n), highest(x, n) - lowest(x, n), half)
    macd = ema(c, 4) - ema(c, 9)
    flow = typical * v * each(lambda m: mpf((m > 0) - (m < 0)), delta(typical, 1))
    inward, outward = total_of(larger(flow, 0), 6), total_of(larger(-flow, 0), 6)
    straight = ratio(magnitude(delta(c, 5)), total_of(magnitude(delta(c, 1)), 5), 0)
    fast, slow = mpf(2) / 3, mpf(2) / 31
    rate = straight * (fast - slow) + slow
    trend = ema(100 * placed(macd, 6), 3)
    doubled = lambda x: (1 + mpf(0.7)) * ema(x, 4) - mpf(0.7) * ema(ema(x, 4), 4)
    buying = lambda n: ratio(total_of(c - smaller(l, last), n), total_of(tr, n), half)
    period, phase = cycle(c)
    turning = larger(
        Column([None] * 0 + list(each(lambda t: mpf(half) / t, larger(ref(phase, 1) - phase, 1)))),
        mpf(0.05))
    mama = adaptive(c, turning)
    out = 4 * ratio(h - l, h + l, 0)
    returns = change(h, 1), change(l, 1)
    end = c - residual(c, 6)
    body = c - o
    return {
        "abs(close - open)": magnitude(body),
        "sign(close - open)": each(lambda x: mpf((x > 0) - (x < 0)), body),
        "log(close)": each(log, c),
        "exp(close / open)": each(exp, c / o),
        "power(close, 1.7)": each(lambda x: x ** mpf(1.7), c),
        "atan(close - open)": each(atan, body),
        "sqrt(close)": each(sqrt, c),
        "larger(open, close)": larger(o, c),
        "smaller(open, close)": smaller(o, c),
        "ratio(high, high - low, 7)": ratio(h, h - l, 7),
        "clip(close - open, -0.3, 0.7)": each(lambda x: max(mpf(-0.3), min(x, mpf(0.7))), body),
        "above(close, open)": above(c, o),
        "below(close, open)": above(o, c),
        "equal(close, open)": each(lambda x: mpf(x == 0), body),
        "cross(close - open, 0)": cross(body, 0),
        "if(above(close, open), high, low)": choose(above(c, o), h, l),
        "countif(above(close, open), 7)": total_of(above(c, o), 7),
        "ref(close, 9)": ref(c, 9),
        "delta(close, 9)": delta(c, 9),
        "sum(volume, 9)": total_of(v, 9),
        "mean(close, 9)": mean(c, 9),
        "std(close, 9)": std(c, 9),
        "zscore(close, 9)": zscore(c, 9),
        "max(high, 9)": highest(h, 9),
        "min(low, 9)": lowest(l, 9),
        "ema(9)": ema(c, 9),
        "wilder(close, 9)": wilder(c, 9),
        "samplestd(close, 9)": windowed(lambda x: sqrt(moment(x, 2) * 9 / 8))(c, 9),
        "skew(close, 9)": windowed(skewness)(c, 9),
        "kurt(close, 9)": windowed(kurtosis)(c, 9),
        "mad(close, 9)": mad(c, 9),
        "wma(close, 9)": wma(c, 9),
        "slope(close, 9)": slope(c, 9),
        "rsquare(close, 9)": windowed(lambda x: line(x)[1])(c, 9),
        "residual(close, 9)": residual(c, 9),
        "argmax(high, 9)": windowed(lambda x: mpf(x.index(max(x))))(h, 9),
        "argmin(low, 9)": windowed(lambda x: mpf(x.index(min(x))))(l, 9),
        "quantile(close, 9, 0.3)": quantile_of(0.3)(c, 9),
        "rank(close, 9)": windowed(
            lambda x: (sum(y < x[-1] for y in x) + mpf(x.count(x[-1]) + 1) / 2) / len(x))(c, 9),
        "corr(high, low, 9)": windowed(correlated)(h, l, 9),
        "cov(high, low, 9)": covariance(h, l, 9),
        "total(close - open)": running(body, lambda s, x: x + (s or 0)),
        "origin(close)": constant(c[0]),
        "rsi(5)": rsi(c, 5),
        "truerange()": tr,
        "atr(5)": atr(5),
        "change(9)": change(c, 9),
        "position(9)": position(9),
        "position(volume, 9)": placed(v, 9),
        "macd(4, 9)": macd,
        "typical()": typical,
        "rise()": rise,
        "fall()": fall,
        "plusdi(5)": plus,
        "minusdi(5)": minus,
        "dx(5)": dx,
        "adx(5)": adx,
        "adxr(5)": (adx + ref(adx, 4)) / 2,
        "plusdm(5)": 5 * wilder(rise, 5),
        "minusdm(5)": 5 * wilder(fall, 5),
        "cci(7)": ratio(typical - mean(typical, 7), mpf(0.015) * mad(typical, 7), 0),
        "mfi(6)": ratio(100 * inward, inward + outward, 50),
        "nvi()": 1000 * running(
            choose(above(ref(v, 1), v), c / last, 1), lambda s, x: x * (s or 1)),
        "closeplace()": place,
        "adl()": running(place * v, lambda s, x: x + (s or 0)),
        "obv()": constant(v[0]) + running(
            choose(above(last, c), -v, v), lambda s, x: x + (s or 0)),
        "aroonup(8)": windowed(lambda x: mpf(x.index(max(x))) * 100 / 8)(h, 9),
        "aroondown(8)": windowed(lambda x: mpf(x.index(min(x))) * 100 / 8)(l, 9),
        "kama(5, 2, 30)": adaptive(c, rate * rate),
        "stc(4, 9, 6, 3)": ema(100 * placed(trend, 6), 3),
        "smooth(5, 0.3)": smooth(c, 5, mpf(0.3)),
        "midpoint(6)": (highest(c, 6) + lowest(c, 6)) / 2,
        "midprice(6)": (highest(h, 6) + lowest(l, 6)) / 2,
        "dema(4)": 2 * ema(c, 4) - ema(ema(c, 4), 4),
        "tema(4)": 3 * ema(c, 4) - 3 * ema(ema(c, 4), 4) + ema(ema(ema(c, 4), 4), 4),
        "gdema(4, 0.7)": doubled(c),
        "t3(4, 0.7)": doubled(doubled(doubled(c))),
        "trima(6)": windowed(
            lambda x: sum_([k * y for k, y in zip([1, 2, 3, 3, 2, 1], x)]) / 12)(c, 6),
        "trima(5)": windowed(
            lambda x: sum_([k * y for k, y in zip([1, 2, 3, 2, 1], x)]) / 9)(c, 5),
        "mavp(close, 1 + volume / 500, 2, 9)": varying(c, 1 + v / 500, 2, 9),
        "accupper(6)": mean(h * (1 + out), 6),
        "acclower(6)": mean(l * (1 - out), 6),
        "smoothed()": (4 * c + 3 * last + 2 * ref(c, 2) + ref(c, 3)) / 10,
        "cycle()": period,
        "phase()": phase,
        "phaserate(0.5, 0.05)": turning,
        "mama(0.5, 0.05)": mama,
        "fama(0.5, 0.05)": adaptive(mama, turning / 2),
        "trendline()": wma(varying(c, smooth(period, 1, mpf(0.33)) + half, 1, 50), 4),
        "bop()": ratio(body, h - l, 0),
        "cmo(5)": 2 * rsi(c, 5) - 100,
        "imi(5)": ratio(100 * total_of(larger(body, 0), 5), total_of(magnitude(body), 5), 50),
        "ppo(4, 9)": 100 * macd / ema(c, 9),
        "trix(4)": 100 * change(ema(ema(ema(c, 4), 4), 4), 1),
        "pressure(5)": buying(5),
        "ultosc(3, 5, 9)": (4 * buying(3) + 2 * buying(5) + buying(9)) * 100 / 7,
        "willr(9)": 100 * position(9) - 100,
        "var(9)": spread_of(c, 9),
        "beta(high, low, 9)": ratio(
            covariance(*returns, 9), spread_of(returns[0], 9), 0),
        "linear(6)": end,
        "intercept(6)": end - 5 * slope(c, 6),
        "forecast(6)": end + slope(c, 6),
        "angle(6)": each(lambda x: atan(x) * 180 / pi, slope(c, 6)),
        "latch(close, above(close, high - 0.2))": latch(c, above(c, h - mpf(0.2))),
        "barssince(above(close, high - 0.2))": barssince(above(c, h - mpf(0.2))),
    }


def spread(values):
    return sqrt(moment(values, 2)) if values else mpf(0)


ROWS = [*range(6, 100, 13), *range(101, BARS, 23), BARS - 1]
made = []
for kind in ruled.KINDS:
    frame = ruled.bars(kind)
    inputs = [
        Column(mpf(float(x)) for x in frame[name][:BARS])
        for name in ["open", "high", "low", "close", "volume"]
    ]
    for expression, column in words(*inputs).items():
        rows = [row for row in ROWS if column[row] is not None]
        made.append({
            "kind": kind,
            "expression": expression,
            "deviation": float(spread([x for x in column if x is not None])),
            "rows": rows,
            "values": [float(column[row]) for row in rows],
        })
print(json.dumps(made))
