"""Asks LightGBM's trees, grown as in fit_trees.py: many rows at once, or what each feature contributes.

The check is what our command prints: the error on rows not learned from, or the contributions' root mean square.
"""
import argparse
import json

import numpy as np

from meter import Meter, report


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--task", choices=["batch", "shap"], required=True)
    parser.add_argument("--rows", type=int)
    chosen = parser.parse_args()
    import lightgbm
    with open(chosen.data + ".json") as file:
        header = json.load(file)
    x = np.fromfile(chosen.data + ".X.f32", "<f4").reshape(header["rows"], header["cols"])
    y = np.fromfile(chosen.data + ".y.f32", "<f4")
    train = header["train_rows"]
    parameters = dict(
        objective="regression", num_leaves=31, learning_rate=0.05, max_bin=255, min_data_in_leaf=20,
        min_sum_hessian_in_leaf=0.0, num_threads=1, verbosity=-1, seed=1)
    model = lightgbm.train(parameters, lightgbm.Dataset(x[:train], y[:train], params=parameters), 200)
    count = chosen.rows or (1_000_000 if chosen.task == "batch" else 10_000)
    rows = np.ascontiguousarray(x[train:][np.arange(count) % (header["rows"] - train)])
    with Meter() as meter:
        answer = model.predict(rows, pred_contrib=chosen.task == "shap", num_threads=1)
    if chosen.task == "batch":
        check = float(np.sqrt(np.mean((y[train:] - answer[:len(y) - train]) ** 2)))
    else:
        check = float(np.sqrt(np.mean(answer.sum(axis=1) ** 2)))
    report("gbm-" + chosen.task, meter, check, "lightgbm", rows=count)


main()
