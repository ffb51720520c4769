"""Writes what a Python reference learned from, fold by fold, and what its models forecast.

Usage: reference_folds.py FOLDER CONFIG PREFIX
FOLDER holds a module `pipeline` with its data beside it: features, folds and models of the reference, under
`C[CONFIG]`. Each fold's rows are scaled by its own training rows, clipped at five deviations, labels drawn in at 0.5 %.
For every fold K: PREFIX.K.json, PREFIX.K.train.X.f32 and .test.X.f32 row after row, .train.y.f64, .test.y.f64 and
the forecasts .MODEL.f64 of ridge, trees and forest.
"""
import importlib
import json
import os
import sys

import numpy as np
import pandas as pd

folder, config, prefix = sys.argv[1:4]
prefix = os.path.abspath(prefix)
os.makedirs(os.path.dirname(prefix), exist_ok=True)
os.chdir(folder)
sys.path.insert(0, folder)
pipeline = importlib.import_module("pipeline")
cfg = pipeline.C[config]
names = {"ridge": "ridge", "trees": "lgb_tuned", "forest": "rf_tuned"}

data = pd.read_csv(pipeline.B + cfg["file"], parse_dates=["datetime"])
data = data.sort_values("datetime").reset_index(drop=True)
horizon, count = cfg["h"], len(data)
frame = pipeline.features(data)
opened = np.log(data.open.values)
labels = np.full(count, np.nan)
labels[: count - horizon - 1] = opened[1 + horizon:] - opened[1: count - horizon]
first = int(np.argmax(frame.notna().all(axis=1).values))
values = frame.values.astype(float)
values[~np.isfinite(values)] = 0
number = 0
for start, end, test, stop in pipeline.folds(
        count - horizon - 1, first + cfg["init"], cfg["test"], horizon, cfg["embargo"], cfg.get("rolling", 0)):
    train = np.arange(max(start, first), end)[:: cfg.get("tr_step", 1)]
    mean, deviation = values[train].mean(0), values[train].std(0) + 1e-12
    scaled = np.clip((values[train] - mean) / deviation, -5, 5)
    unseen = np.clip((values[test:stop] - mean) / deviation, -5, 5)
    drawn = np.clip(labels[train], *np.quantile(labels[train], [0.005, 0.995]))
    number += 1
    name = f"{prefix}.{number}"
    scaled.astype("<f4").tofile(name + ".train.X.f32")
    unseen.astype("<f4").tofile(name + ".test.X.f32")
    drawn.astype("<f8").tofile(name + ".train.y.f64")
    labels[test:stop].astype("<f8").tofile(name + ".test.y.f64")
    for own, theirs in names.items():
        model = pipeline.make(theirs, 0, len(train)).fit(scaled, drawn)
        model.predict(unseen).astype("<f8").tofile(f"{name}.{own}.f64")
    header = {"rows": len(train), "cols": values.shape[1], "tests": stop - test}
    json.dump(header, open(name + ".json", "w"))
json.dump({"folds": number}, open(prefix + ".json", "w"))
print(json.dumps({"config": config, "folds": number, "columns": values.shape[1]}))
