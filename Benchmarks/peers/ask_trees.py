"""Asks LightGBM's trees, grown as in fit_trees.py: many rows, what each feature contributes, or one row at a time.

One row at a time goes through its C interface, called from C (one_row.c, compiled on the spot). The check is what our
command prints: the error on rows not learned from, the contributions' root mean square, or that of the forecasts.
"""
import argparse
import json
import pathlib
import subprocess
import tempfile

import numpy as np

from meter import Meter, report


def one_row(lightgbm, model, rows, calls):
    library = next((pathlib.Path(lightgbm.__file__).parent / "lib").glob("lib_lightgbm*"))
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder)
        model.save_model(place / "model.txt")
        np.ascontiguousarray(rows).tofile(place / "rows.f32")
        source = pathlib.Path(__file__).resolve().with_name("one_row.c")
        subprocess.run(["cc", "-O2", source, "-o", place / "one_row", "-ldl", "-lm"], check=True)
        with Meter() as meter:
            told = subprocess.run(
                [place / "one_row", library, place / "model.txt", place / "rows.f32", str(rows.shape[1]), str(calls)],
                check=True, capture_output=True, text=True).stdout
    middle, late, check = map(float, told.split())
    report("gbm-latency", meter, check, "lightgbm", calls=calls, p50_us=middle, p99_us=late)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--task", choices=["batch", "shap", "row"], required=True)
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
    if chosen.task == "row":
        return one_row(lightgbm, model, x[train:], chosen.rows or 20_000)
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
