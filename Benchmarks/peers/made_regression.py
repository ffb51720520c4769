"""Makes a regression with faint signal: PREFIX.json, PREFIX.X.f32 row after row, PREFIX.y.f32, little-endian.

Normal, heavy-tailed, few-valued and slowly moving columns; one in eleven has absent values. The first 80 % of the
rows are to be learned from.
"""
import argparse
import json
import pathlib

import numpy as np


def column(kind, index, rows, rng):
    if kind == "heavy":
        return rng.standard_t(2.5, rows)
    if kind == "few":
        return rng.integers(0, 3 + index % 20, rows).astype(float)
    if kind == "slow":
        walk = np.cumsum(rng.standard_normal(rows)) / 50
        return walk - np.convolve(walk, np.full(200, 1 / 200), mode="same")
    return rng.standard_normal(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--cols", type=int, default=90)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    chosen = parser.parse_args()
    rng = np.random.default_rng(chosen.seed)
    kinds = ["normal", "normal", "heavy", "normal", "few", "slow"]
    x = np.stack([column(kinds[i % 6], i, chosen.rows, rng) for i in range(chosen.cols)], axis=1).astype("<f4")
    z = x / x.std(axis=0)
    signal = np.sin(1.7 * z[:, 0]) + 0.8 * z[:, 1] * z[:, 3] + 0.7 * np.tanh(z[:, 2]) + (z[:, 4] > 0.4) * z[:, 7]
    signal = (signal - signal.mean()) / signal.std()
    y = (np.sqrt(0.3) * signal + np.sqrt(0.7) * rng.standard_normal(chosen.rows)).astype("<f4")
    for index in range(8, chosen.cols, 11):
        x[rng.random(chosen.rows) < 0.05, index] = np.nan
    x.tofile(f"{chosen.out}.X.f32")
    y.tofile(f"{chosen.out}.y.f32")
    header = dict(rows=chosen.rows, cols=chosen.cols, train_rows=int(0.8 * chosen.rows), seed=chosen.seed)
    pathlib.Path(f"{chosen.out}.json").write_text(json.dumps(header))


main()
