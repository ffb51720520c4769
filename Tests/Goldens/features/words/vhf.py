"""The vertical horizontal filter in fractions: python vhf.py > vhf.json"""

import json
import math
import pathlib
import sys
from fractions import Fraction

sys.path.append(str(pathlib.Path(__file__).parent.parent))
import ruled

BARS, N = 400, 28

made = []
for kind in ruled.KINDS:
    close = [Fraction(float(price)) for price in ruled.bars(kind)["close"][:BARS]]
    moves = [None] + [abs(now - before) for before, now in zip(close, close[1:])]
    filtered = [None] * N
    for row in range(N, BARS):
        way = sum(moves[row - N + 1 : row + 1])
        window = close[row - N + 1 : row + 1]
        filtered.append((max(window) - min(window)) / way if way else Fraction(0))
    known = [float(value) for value in filtered[N:]]
    mean = sum(known) / len(known)
    rows = list(range(N, BARS, 17))
    made.append({
        "kind": kind,
        "expression": f"vhf({N})",
        "deviation": math.sqrt(sum((value - mean) ** 2 for value in known) / len(known)),
        "rows": rows,
        "values": [float(filtered[row]) for row in rows],
    })
print(json.dumps(made))
