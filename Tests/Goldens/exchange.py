"""Makes exchange.json: models of LightGBM and scikit-learn as text, rows and the forecasts they make of them.

Every kind of question is among them: numbers with absent values learned (NaN), taken for zero (none), categories,
averaged trees, a tree of one leaf. Needs lightgbm, numpy and scikit-learn.
"""
import json
import pathlib
import sys
import tempfile

import lightgbm
import numpy as np
from sklearn.ensemble import ExtraTreesRegressor, RandomForestRegressor

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent / "scripts"))
import export_sklearn  # noqa: E402

NAMES = ["change", "strength", "hour", "depth"]


def rows(count, rng, absent):
    x = rng.standard_normal((count, 4)).astype("f4")
    x[:, 2] = rng.integers(0, 45, count)
    if absent:
        x[rng.random((count, 4)) < 0.08] = np.nan
    return x


def outcome(x, rng):
    z = np.nan_to_num(x)
    return (z[:, 0] > 0.3) * 1.5 + 0.7 * z[:, 0] * z[:, 1] + np.sin(z[:, 2]) + 0.2 * rng.standard_normal(len(z))


def boosted(x, y, rounds=6, categories=(), **more):
    parameters = dict(objective="regression", num_leaves=7, learning_rate=0.3, verbosity=-1, min_data_in_leaf=5,
                      min_data_per_group=5, max_cat_to_onehot=4, num_threads=1, seed=1)
    parameters.update(more)
    data = lightgbm.Dataset(x, y, feature_name=NAMES, categorical_feature=list(categories))
    booster = lightgbm.train(parameters, data, rounds)
    return "lightgbm", booster.model_to_string(), booster.predict


def forest(kind, x, y):
    model = kind(n_estimators=4, max_depth=6, random_state=1).fit(x, y)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "forest.txt"
        export_sklearn.write(model, NAMES, path)
        return "sklearn", path.read_text(), model.predict


def main():
    rng = np.random.default_rng(5)
    absent, whole = rows(400, rng, True), rows(400, rng, False)
    y, z = outcome(absent, rng), outcome(whole, rng)
    averaged = dict(boosting="rf", bagging_fraction=0.6, bagging_freq=1)
    models = [
        ("numbers, NaN learned", *boosted(absent, y)),
        ("numbers, NaN as zero", *boosted(whole, z)),
        ("no missing values used", *boosted(absent, y, use_missing=False)),
        ("categories", *boosted(absent, y, categories=[2])),
        ("few categories", *boosted(np.where(np.arange(4) == 2, whole % 4, whole), z, categories=[2])),
        ("averaged", *boosted(absent, y, **averaged)),
        ("absolute loss", *boosted(absent, y, objective="regression_l1")),
        ("one leaf", *boosted(whole, z * 0 + 3.25, rounds=2)),
        ("random forest", *forest(RandomForestRegressor, absent, y)),
        ("extra trees", *forest(ExtraTreesRegressor, whole, z)),
    ]
    asked = rows(60, rng, True)
    asked[0], asked[1, 2], asked[2, 2] = np.nan, 99, -3
    golden = dict(
        names=NAMES, rows=[[None if np.isnan(v) else float(v) for v in row] for row in asked],
        models=[dict(name=name, format=form, text=text.split("\nparameters:")[0],
                     forecasts=[float(f) for f in predict(asked)])
                for name, form, text, predict in models])
    (HERE / "exchange.json").write_text(json.dumps(golden, indent=0) + "\n")


main()
