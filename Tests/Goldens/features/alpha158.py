"""Alpha158 by pandas 2.3.3 on 3,000 ruled bars: python alpha158.py > alpha158.json

Windows as in the original may be as short as one bar at the start; only full ones are compared.
"""

import json

import numpy
import pandas
import ruled

frame = ruled.bars()
o, h, l, c, v = (frame[name] for name in ["open", "high", "low", "close", "volume"])
tiny = 1e-12
columns = {
    "KMID": (c - o) / o,
    "KLEN": (h - l) / o,
    "KMID2": (c - o) / (h - l + tiny),
    "KUP": (h - numpy.maximum(o, c)) / o,
    "KUP2": (h - numpy.maximum(o, c)) / (h - l + tiny),
    "KLOW": (numpy.minimum(o, c) - l) / o,
    "KLOW2": (numpy.minimum(o, c) - l) / (h - l + tiny),
    "KSFT": (2 * c - h - l) / o,
    "KSFT2": (2 * c - h - l) / (h - l + tiny),
    "OPEN0": o / c,
    "HIGH0": h / c,
    "LOW0": l / c,
    "VWAP0": frame["turnover"] / v / c,
}


def line(series, days):
    """Slope, explained share and last residual of the straight line through each window."""
    place = numpy.arange(days) - (days - 1) / 2
    window = numpy.lib.stride_tricks.sliding_window_view(series.to_numpy(), days)
    centred = window - window.mean(axis=1, keepdims=True)
    slope = centred @ place / (place @ place)
    share = (centred @ place) ** 2 / (place @ place) / (centred**2).sum(axis=1)
    residual = centred[:, -1] - slope * place[-1]
    pad = numpy.full(days - 1, numpy.nan)
    return [numpy.concatenate([pad, part]) for part in (slope, share, residual)]


families = {}
change, turn = c - c.shift(1), v - v.shift(1)
moved = (c / c.shift(1) - 1).abs() * v
for d in [5, 10, 20, 30, 60]:
    roll = lambda series: series.rolling(d)
    slope, share, residual = line(c, d)
    up, down = (change > 0).where(change.notna()), (change < 0).where(change.notna())
    highest = roll(h).apply(lambda x: x.argmax() + 1, raw=True)
    lowest = roll(l).apply(lambda x: x.argmin() + 1, raw=True)
    sums = {}
    for name, series in [("", change), ("V", turn)]:
        whole = roll(series.abs()).sum() + tiny
        rise, fall = roll(series.clip(lower=0)).sum(), roll(-series.clip(upper=0)).sum()
        sums[name + "SUMP"], sums[name + "SUMN"] = rise / whole, fall / whole
        sums[name + "SUMD"] = (rise - fall) / whole
    families[d] = {
        "ROC": c.shift(d) / c,
        "MA": roll(c).mean() / c,
        "STD": roll(c).std() / c,
        "BETA": slope / c,
        "RSQR": share,
        "RESI": residual / c,
        "MAX": roll(h).max() / c,
        "MIN": roll(l).min() / c,
        "QTLU": roll(c).quantile(0.8) / c,
        "QTLD": roll(c).quantile(0.2) / c,
        "RANK": roll(c).rank(pct=True),
        "RSV": (c - roll(l).min()) / (roll(h).max() - roll(l).min() + tiny),
        "IMAX": highest / d,
        "IMIN": lowest / d,
        "IMXD": (highest - lowest) / d,
        "CORR": roll(c).corr(numpy.log(v + 1)),
        "CORD": roll(c / c.shift(1)).corr(numpy.log(v / v.shift(1) + 1)),
        "CNTP": roll(up.astype(float)).mean(),
        "CNTN": roll(down.astype(float)).mean(),
        "CNTD": roll(up.astype(float)).mean() - roll(down.astype(float)).mean(),
        "SUMP": sums["SUMP"],
        "SUMN": sums["SUMN"],
        "SUMD": sums["SUMD"],
        "VMA": roll(v).mean() / (v + tiny),
        "VSTD": roll(v).std() / (v + tiny),
        "WVMA": roll(moved).std() / (roll(moved).mean() + tiny),
        "VSUMP": sums["VSUMP"],
        "VSUMN": sums["VSUMN"],
        "VSUMD": sums["VSUMD"],
    }
for family in families[5]:
    for d in families:
        columns[f"{family}{d}"] = families[d][family]
made = pandas.DataFrame(columns)
assert len(made.columns) == 158
rows = list(range(60, 3000, 163)) + [2999]
print(json.dumps(ruled.golden(made, rows)))
