"""Chinese classics by pandas 2.3.3 on 3,000 ruled bars: python chinese.py > chinese.json"""

import json

import numpy
import pandas
import ruled

frame = ruled.bars()
o, h, l, c, v = (frame[name] for name in ["open", "high", "low", "close", "volume"])
lc, lo, typical = c.shift(1), o.shift(1), (h + l + c) / 3


def smooth(x, n):
    return x.ewm(alpha=1 / n, adjust=False).mean()


def quotient(up, down):
    return 100 * up.rolling(26).sum() / down.rolling(26).sum()


low, high = l.rolling(9).min(), h.rolling(9).max()
k = smooth(100 * (c - low) / (high - low), 3)
d = smooth(k, 3)
psy = (c > lc).rolling(12).sum() / 12 * 100
dma = c.rolling(10).mean() - c.rolling(50).mean()
middle, volumes = typical.shift(1), v.rolling(14).mean() / v
move = 100 * ((h + l) - (h + l).shift(1)) / (h + l)
aa, bb, cc, dd = (h - lc).abs(), (l - lc).abs(), (h - l.shift(1)).abs(), (lc - lo).abs()
size = numpy.where(
    (aa > bb) & (aa > cc),
    aa + bb / 2 + dd / 4,
    numpy.where((bb > cc) & (bb > aa), bb + aa / 2 + dd / 4, cc + dd / 4),
)
swing = 16 * (c - lc + (c - o) / 2 + lc - lo) / size * numpy.maximum(aa, bb)
columns = {
    "KDJ_K": k,
    "KDJ_D": d,
    "KDJ_J": 3 * k - 2 * d,
    **{f"BIAS{n}": (c - c.rolling(n).mean()) / c.rolling(n).mean() * 100 for n in (6, 12, 24)},
    "PSY": psy,
    "PSYMA": psy.rolling(6).mean(),
    "BBI": sum(c.rolling(n).mean() for n in (3, 6, 12, 20)) / 4,
    "DMA": dma,
    "DMA_AMA": dma.rolling(10).mean(),
    "CR": quotient((h - middle).clip(lower=0), (middle - l).clip(lower=0)),
    "VR": quotient(v.where(c > lc, 0), v.where(c <= lc, 0)),
    "AR": quotient(h - o, o - l),
    "BR": quotient((h - lc).clip(lower=0), (lc - l).clip(lower=0)),
    "EMV": (volumes * move * (h - l) / (h - l).rolling(14).mean()).rolling(14).mean(),
    "ASI": swing.rolling(26).sum(),
}
made = pandas.DataFrame(columns)
print(json.dumps(ruled.golden(made, list(range(1000, 3000, 163)) + [2999])))
