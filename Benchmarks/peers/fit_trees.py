"""Boosts trees with LightGBM or grows scikit-learn's forest on the files of made_regression.py, binning included.

LightGBM's quantised gradients are its fastest documented way on one thread; ours are whole numbers too.
"""
import argparse
import json

import numpy as np

from meter import Meter, report


def lightgbm_model(chosen, x, y):
    import lightgbm
    parameters = dict(
        objective="regression", num_leaves=31, learning_rate=0.05, max_bin=255, min_data_in_leaf=20,
        min_sum_hessian_in_leaf=0.0, num_threads=1, verbosity=-1, seed=1)
    if chosen.quantised:
        parameters.update(use_quantized_grad=True, num_grad_quant_bins=4, quant_train_renew_leaf=True)
    return lambda: lightgbm.train(parameters, lightgbm.Dataset(x, y, params=parameters), chosen.trees)


def forest_model(chosen, x, y):
    from sklearn.ensemble import RandomForestRegressor
    forest = RandomForestRegressor(
        n_estimators=chosen.trees, max_features=chosen.max_features, n_jobs=1, random_state=1)
    return lambda: forest.fit(x, y)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--peer", choices=["lightgbm", "scikit-learn"], default="lightgbm")
    parser.add_argument("--trees", type=int, default=200)
    parser.add_argument("--quantised", action="store_true")
    parser.add_argument("--max-features", type=float, default=0.333)
    chosen = parser.parse_args()
    with open(chosen.data + ".json") as file:
        header = json.load(file)
    x = np.fromfile(chosen.data + ".X.f32", "<f4").reshape(header["rows"], header["cols"])
    y = np.fromfile(chosen.data + ".y.f32", "<f4")
    train = header["train_rows"]
    fit = (lightgbm_model if chosen.peer == "lightgbm" else forest_model)(chosen, x[:train], y[:train])
    with Meter() as meter:
        model = fit()
    rmse = float(np.sqrt(np.mean((y[train:] - model.predict(x[train:])) ** 2)))
    report("forest" if chosen.peer == "scikit-learn" else "gbm", meter, rmse, chosen.peer, fit_cpu_s=meter.cpu)


main()
