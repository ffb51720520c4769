"""Makes up the data that the axes share: the same for the same seed, as NumPy is pinned.

  bars    minute bars of a price with clustered volatility, on a tick of 1:
          PREFIX.ohlcv.f32 (five columns one after the other), PREFIX.ts.i64
          (UTC seconds), PREFIX.csv, PREFIX.json
  table   rows of features and a target with a known explainable share of 0.3,
          a few values missing: PREFIX.X.f32 (row by row), PREFIX.y.f32,
          PREFIX.json, whose train_rows says how many rows are for fitting

All numbers are little-endian. The data say nothing about any market.
"""
import argparse
import json

import numpy


def bars(chosen):
    draws = numpy.random.default_rng(chosen.seed)
    count, tick = chosen.rows, 1.0
    volatility, returns = clustered_returns(draws.standard_normal(count))
    path = numpy.cumsum(returns)
    close = 4000.0 * numpy.exp(path - 0.5 * path)
    gap = 0.1 * volatility * draws.standard_normal(count)
    opened = numpy.concatenate([[4000.0], close[:-1]]) * (1 + gap)
    high = numpy.maximum(opened, close) * (1 + volatility * numpy.abs(draws.standard_normal(count)))
    low = numpy.minimum(opened, close) * (1 - volatility * numpy.abs(draws.standard_normal(count)))
    opened, high, low, close = (numpy.round(price / tick) * tick for price in (opened, high, low, close))
    high = numpy.maximum(high, numpy.maximum(opened, close))
    low = numpy.minimum(low, numpy.minimum(opened, close))
    volume = numpy.round(200 * numpy.exp(0.5 * draws.standard_normal(count)) * (1 + 1e3 * numpy.abs(returns)))
    stamps = 1262565000 + 60 * numpy.arange(count, dtype="<i8")  # from 2010-01-04 00:30 UTC, a bar a minute

    columns = numpy.stack([opened, high, low, close, volume])
    columns.astype("<f4").tofile(chosen.out + ".ohlcv.f32")
    stamps.tofile(chosen.out + ".ts.i64")
    with open(chosen.out + ".csv", "w") as file:
        file.write("datetime,open,high,low,close,volume\n")
        texts = numpy.datetime_as_string(stamps.astype("datetime64[s]"))
        for text, row in zip(texts.tolist(), columns.T.tolist()):
            file.write(text.replace("T", " ") + ",%.2f,%.2f,%.2f,%.2f,%.2f\n" % tuple(row))
    describe(chosen, kind="bars", bars=count, order="columns o,h,l,c,v", ts="<i8 unix seconds")


def clustered_returns(noise):
    """Volatility and returns of a GARCH(1,1): a large move makes the next one likely to be large."""
    constant, shock, memory = 1e-9, 0.08, 0.91
    variance, previous, variances, returns = 1e-7, 0.0, [], []
    for value in noise.tolist():
        variance = constant + shock * previous * previous + memory * variance
        previous = value * variance ** 0.5
        variances.append(variance)
        returns.append(previous)
    return numpy.sqrt(variances), numpy.array(returns)


def table(chosen):
    draws = numpy.random.default_rng(chosen.seed)
    rows, columns = chosen.rows, chosen.columns
    kinds = [("gauss", "gauss", "heavy", "gauss", "few", "slow")[column % 6] for column in range(columns)]
    features = numpy.empty((rows, columns), dtype="<f4")
    for column, kind in enumerate(kinds):
        features[:, column] = feature(kind, column, rows, draws)
    scaled = features.astype(float)
    signal = explainable(scaled / scaled.std(axis=0))
    signal = (signal - signal.mean()) / signal.std()
    target = numpy.sqrt(0.3) * signal + numpy.sqrt(0.7) * draws.standard_normal(rows)
    for column in range(8, columns, 11):
        features[draws.random(rows) < 0.05, column] = numpy.nan
    features.tofile(chosen.out + ".X.f32")
    target.astype("<f4").tofile(chosen.out + ".y.f32")
    describe(chosen, kind="regression", rows=rows, cols=columns, train_rows=int(rows * 0.8), order="row-major",
             column_kinds=kinds)


def feature(kind, column, rows, draws):
    if kind == "gauss":
        return draws.standard_normal(rows)
    if kind == "heavy":
        return draws.standard_t(2.5, rows)
    if kind == "few":  # few different values
        return draws.integers(0, 3 + column % 20, rows)
    walk = numpy.cumsum(draws.standard_normal(rows)) / 50
    return walk - numpy.convolve(walk, numpy.ones(200) / 200, mode="same")


def explainable(z):
    """What a model can find: bends, products, thresholds and a few straight lines."""
    return (numpy.sin(1.7 * z[:, 0]) + 0.8 * z[:, 1] * z[:, 3] + 0.6 * numpy.abs(z[:, 6])
            + 0.7 * numpy.tanh(z[:, 2]) + 0.9 * (z[:, 4] > 0.4) * z[:, 7] + 0.5 * (z[:, 9] ** 2 < 0.5)
            + 0.4 * numpy.tanh(z[:, 5] * z[:, 12]) + 0.3 * z[:, 13] + 0.2 * z[:, 15] - 0.2 * z[:, 18])


def describe(chosen, **members):
    with open(chosen.out + ".json", "w") as file:
        json.dump(dict(members, seed=chosen.seed, dtype="<f4"), file)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("kind", choices=["bars", "table"])
    options.add_argument("--rows", type=int, default=50_000)
    options.add_argument("--columns", type=int, default=90)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--out", required=True, metavar="PREFIX")
    chosen = options.parse_args()
    if chosen.kind == "table" and chosen.columns < 19:
        options.error("the target needs 19 columns at least")
    {"bars": bars, "table": table}[chosen.kind](chosen)


if __name__ == "__main__":
    main()
