"""Hull's mean in fractions: python hull.py > hull.json"""

import json
import math
import pathlib
import sys
from fractions import Fraction

sys.path.append(str(pathlib.Path(__file__).parent.parent))
import ruled

BARS, N = 400, 16


def weighted(values, count):
    found = []
    for row in range(len(values)):
        part = values[max(0, row - count + 1) : row + 1]
        ready = len(part) == count and None not in part
        total = sum((k + 1) * x for k, x in enumerate(part)) if ready else 0
        found.append(Fraction(2, count * (count + 1)) * total if ready else None)
    return found


made = []
for kind in ruled.KINDS:
    close = [Fraction(float(price)) for price in ruled.bars(kind)["close"][:BARS]]
    pairs = zip(weighted(close, N // 2), weighted(close, N))
    hull = weighted([None if b is None else 2 * a - b for a, b in pairs], math.isqrt(N))
    known = [value for value in hull if value is not None]
    mean = sum(known) / len(known)
    rows = [row for row in range(5, BARS, 17) if hull[row] is not None]
    made.append({
        "kind": kind,
        "expression": f"hull({N})",
        "deviation": math.sqrt(sum((value - mean) ** 2 for value in known) / len(known)),
        "rows": rows,
        "values": [float(hull[row]) for row in rows],
    })
print(json.dumps(made))
