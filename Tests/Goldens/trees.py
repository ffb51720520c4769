"""Golden forecasts for ModelsTests: LightGBM on few-valued columns, where its bins and ours are the same cuts; writes
trees.json beside itself. Needs numpy and lightgbm 4.7.0."""
import json
import pathlib

import lightgbm
import numpy as np


def case(name, seed, rows=240, absent=0.0, weighted=False, rounds=12, **changes):
    rng = np.random.default_rng(seed)
    x = np.round(rng.standard_normal((rows, 4)) * 8) / 8
    y = np.sin(2 * x[:, 0]) + 0.5 * x[:, 1] * x[:, 2] + 0.3 * rng.standard_normal(rows)
    x[rng.random(x.shape) < absent] = np.nan
    weights = np.round(rng.random(rows) + 0.25, 3) if weighted else None
    parameters = dict(
        objective="regression", num_leaves=8, learning_rate=0.1, max_bin=255, min_data_in_bin=1,
        min_data_in_leaf=5, min_sum_hessian_in_leaf=0.0, feature_pre_filter=False, num_threads=1,
        verbosity=-1, deterministic=True, force_col_wise=True)
    parameters.update(changes)
    data = lightgbm.Dataset(x, y, weight=weights, params=parameters)
    model = lightgbm.train(parameters, data, num_boost_round=rounds)
    return {
        "name": name, "rows": [[None if np.isnan(v) else v for v in row] for row in x.tolist()],
        "labels": y.tolist(), "weights": None if weights is None else weights.tolist(),
        "least_rows": parameters["min_data_in_leaf"], "rounds": rounds,
        "l1": parameters.get("lambda_l1", 0.0), "l2": parameters.get("lambda_l2", 0.0),
        "directions": parameters.get("monotone_constraints", [0, 0, 0, 0]),
        "forecasts": model.predict(x).tolist()}


cases = [
    case("plain", 1), case("absent values", 2, absent=0.2),
    case("penalties", 3, lambda_l1=0.5, lambda_l2=3.0),
    case("weights", 4, weighted=True, min_data_in_leaf=1, rounds=6),
    case("directions", 5, monotone_constraints=[0, 1, -1, 0], monotone_constraints_method="basic"),
]
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(cases) + "\n")
