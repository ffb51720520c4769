"""Bars ruled by a fixed congruential generator, so that tests can make the very same ones."""

import pandas

BARS = 3000


def bars():
    state = 1

    def draw(below):
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (state >> 33) % below

    rows = []
    close = 400_000
    for _ in range(BARS):
        opening = close + draw(41) - 20
        close = opening + draw(401) - 200
        high = max(opening, close) + draw(90)
        low = min(opening, close) - draw(90)
        volume = 1 + draw(5000)
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
