"""Bars ruled by a fixed congruential generator, so that tests can make the very same ones."""

import pandas

BARS = 3000


KINDS = ["ruled", "trending", "flat", "gapped", "dry", "locked"]


def bars(kind="ruled"):
    """What a market does: wander, trend, stand still, jump, trade nothing, lock at its limit."""
    state = 1

    def draw(below):
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (state >> 33) % below

    rows = []
    close = 400_000
    for row in range(BARS):
        opening = close + draw(41) - 20
        close = opening + draw(401) - 200
        high = max(opening, close) + draw(90)
        low = min(opening, close) - draw(90)
        volume = 1 + draw(5000)
        if kind == "trending":
            close, high = close + 90, high + 90
        if kind == "flat" and row // 60 % 3 == 1:
            opening = close = high = low = rows[-1][3] * 100
        if kind == "gapped" and row % 97 == 0:
            jump = 4000 if row // 97 % 3 == 1 else -2000
            opening, high, low, close = opening + jump, high + jump, low + jump, close + jump
        if kind == "dry" and row // 20 % 4 == 1:
            volume = 0
        if kind == "locked" and row // 40 % 5 == 2:
            last = rows[-1][3] * 100
            limit = 16_000 if row // 200 % 2 == 0 else -16_000
            opening = close = high = low = last + (limit if row % 40 == 0 else 0)
            volume = volume // 500
        opening, high, low, close = (round(price) for price in (opening, high, low, close))
        prices = [price / 100 for price in (opening, high, low, close)]
        rows.append(prices + [volume, volume * (opening + close) / 200])
    names = ["open", "high", "low", "close", "volume", "turnover"]
    frame = pandas.DataFrame(rows, columns=names)
    frame["volume"] = frame["volume"].astype(float)
    return frame


def golden(frame, rows):
    """What a test compares: values at some rows, first rows, and each column's spread."""
    settled = frame.iloc[1000:]
    return {
        "names": list(frame.columns),
        "rows": rows,
        "first": [int(frame[name].first_valid_index()) for name in frame],
        "deviations": [float(settled[name].std(ddof=0)) for name in frame],
        "values": [
            [None if pandas.isna(value) else float(value) for value in frame[name].iloc[rows]]
            for name in frame
        ],
    }
