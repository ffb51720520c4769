"""Puts models that were written for other programs, and read from them, beside the programs themselves.

Makes a regression with absent values and few-valued columns, lets `bench exchange` write models of every kind, asks
onnxruntime and LightGBM for their forecasts of 100,000 rows, fits LightGBM (numbers, categories, no missing values,
averaged) and scikit-learn (forest, extra trees) and lets `bench foreign` read those. Prints the largest difference
of each, as a share of the forecasts' standard deviation, and how many rows differ by more than 1e-6 of it.
"""
import argparse
import json
import pathlib
import subprocess
import sys

import lightgbm
import numpy as np
import onnxruntime
from sklearn.ensemble import ExtraTreesRegressor, RandomForestRegressor

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "scripts"))
import export_sklearn  # noqa: E402


def compare(what, ours, theirs):
    known = ~np.isnan(theirs)
    same = np.array_equal(known, ~np.isnan(ours))
    gap = np.abs(ours[known] - theirs[known]) / np.std(theirs[known])
    print(json.dumps(dict(model=what, rows=int(known.sum()), absent_alike=bool(same), largest=float(gap.max()),
                          beyond_1e6=int((gap > 1e-6).sum()))), flush=True)
    return same and gap.max() <= 1e-6


def written(bench, data, folder, x):
    subprocess.run([bench, "exchange", "--data", data, "--out", folder], check=True, stdout=subprocess.DEVNULL)
    for path in sorted(folder.glob("*.f64")):
        ours = np.fromfile(path)
        if path.with_suffix(".onnx").exists():
            session = onnxruntime.InferenceSession(path.with_suffix(".onnx"), providers=["CPUExecutionProvider"])
            yield compare(f"{path.stem} → onnxruntime", ours, session.run(None, {"features": x})[0][:, 0])
        if path.with_suffix(".txt").exists():
            booster = lightgbm.Booster(model_file=path.with_suffix(".txt"))
            yield compare(f"{path.stem} → lightgbm", ours, booster.predict(x, num_threads=1))


def read(bench, data, folder, x, y):
    names = [f"f{i}" for i in range(x.shape[1])]
    few = [i for i in range(x.shape[1]) if i % 6 == 4]
    plain = dict(objective="regression", num_leaves=31, learning_rate=0.05, num_threads=1, verbosity=-1, seed=1)
    for what, more, categories in (
            ("numbers", {}, []), ("categories", {}, few), ("no missing values", dict(use_missing=False), []),
            ("averaged", dict(boosting="rf", bagging_fraction=0.5, bagging_freq=1), [])):
        made = lightgbm.Dataset(x, y, feature_name=names, categorical_feature=categories)
        booster = lightgbm.train({**plain, **more}, made, 60)
        path = folder / "theirs.txt"
        booster.save_model(path)
        yield compare(f"lightgbm, {what} → ours", asked(bench, data, path, "lightgbm"), booster.predict(x, num_threads=1))
    for kind in (RandomForestRegressor, ExtraTreesRegressor):
        forest = kind(n_estimators=5, max_features=0.3, min_samples_leaf=20, random_state=1).fit(x, y)
        path = folder / "forest.txt"
        export_sklearn.write(forest, names, path)
        yield compare(f"{kind.__name__} → ours", asked(bench, data, path, "sklearn"), forest.predict(x))


def asked(bench, data, model, form):
    out = model.with_suffix(".answers")
    subprocess.run([bench, "foreign", "--data", data, "--model", model, "--format", form, "--out", out], check=True,
                   stdout=subprocess.DEVNULL)
    return np.fromfile(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", required=True, help="the program bench")
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path("out/exchange"))
    parser.add_argument("--rows", type=int, default=125_000, help="four fifths of them are asked about")
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    data = chosen.folder / "regression"
    subprocess.run([sys.executable, HERE / "made_regression.py", "--rows", str(chosen.rows), "--cols", "30", "--out",
                    data], check=True)
    train = int(0.8 * chosen.rows)
    x = np.fromfile(f"{data}.X.f32", "<f4").reshape(chosen.rows, 30)[:train]
    y = np.fromfile(f"{data}.y.f32", "<f4")[:train]
    verdicts = [*written(chosen.bench, data, chosen.folder, x), *read(chosen.bench, data, chosen.folder, x, y)]
    sys.exit(not all(verdicts))


main()
