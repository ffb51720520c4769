"""A whole experiment as one would write it in Python: ta's 86 columns, three purged folds, StandardScaler, LightGBM,
scikit-learn's forest and, with --models lstm, PyTorch's LSTM of two layers.

The work is what `bench experiment` does: from bars in memory to the errors of out-of-sample forecasts. ta leaves gaps by
turns and never fills the start of some columns; what is not finite is carried on from the bar before, then 0.
"""
import argparse
import json
import warnings

import numpy as np

from meter import Meter, report

HORIZON, FIRST, FOLDS, EMBARGO, DAY, WINDOW = 5, 0.4, 3, 5, 1_440, 60


def read(prefix, limit):
    with open(prefix + ".json") as file:
        rows = json.load(file)["bars"]
    columns = np.fromfile(prefix + ".ohlcv.f32", "<f4").reshape(5, rows)[:, :limit].astype(float)
    return dict(zip(["open", "high", "low", "close", "volume"], columns))


def features(bars):
    import pandas
    import ta
    frame = pandas.DataFrame(bars)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole = ta.add_all_ta_features(frame, "open", "high", "low", "close", "volume")
    whole = whole.iloc[:, 5:].replace([np.inf, -np.inf], np.nan).ffill().fillna(0)
    return whole.to_numpy(np.float32)


def folds(count):
    """Expanding, by whole days; labels that reach into the test and the embargo are left out."""
    days = -(-count // DAY)
    first = max(1, int(days * FIRST))
    length = -(-(days - first) // FOLDS)
    for start in range(first, days, length):
        test = np.arange(start * DAY, min((start + length) * DAY, count - HORIZON - 1))
        yield np.arange(100, start * DAY - HORIZON - 1 - EMBARGO), test


def boosted(x, y, seen):
    import lightgbm
    parameters = dict(objective="regression", num_leaves=31, learning_rate=0.05, max_bin=255, min_data_in_leaf=20,
                      num_threads=1, verbosity=-1, seed=1)
    return lightgbm.train(parameters, lightgbm.Dataset(x, y, params=parameters), 200).predict(seen)


def forest(x, y, seen):
    from sklearn.ensemble import RandomForestRegressor
    return RandomForestRegressor(n_estimators=100, max_features=1 / 3, n_jobs=1, random_state=1).fit(x, y).predict(seen)


def lstm(matrix, outcomes, train, test):
    """LSTM(50) → dropout 0.2 → LSTM(50), last → dropout 0.2 → 25 → 1; Adam, squared error, batches of 32, 5 epochs."""
    import torch
    torch.set_num_threads(1)
    torch.manual_seed(1)

    class Network(torch.nn.Module):
        def __init__(self, columns):
            super().__init__()
            self.lstm = torch.nn.LSTM(columns, 50, 2, batch_first=True, dropout=0.2)
            self.head = torch.nn.Sequential(torch.nn.Dropout(0.2), torch.nn.Linear(50, 25), torch.nn.Linear(25, 1))

        def forward(self, windows):
            return self.head(self.lstm(windows)[0][:, -1])[:, 0]

    windows = torch.from_numpy(matrix).unfold(0, WINDOW, 1).transpose(1, 2)  # row t - 59 … t stands at t - 59
    scale = float(outcomes[train].std())
    target = torch.from_numpy((outcomes / scale).astype(np.float32))
    network = Network(matrix.shape[1])
    optimiser = torch.optim.Adam(network.parameters())
    train = train[train >= WINDOW - 1]
    for _ in range(5):
        network.train()
        for batch in torch.from_numpy(train)[torch.randperm(len(train))].split(32):
            optimiser.zero_grad()
            loss = torch.nn.functional.mse_loss(network(windows[batch - WINDOW + 1]), target[batch])
            loss.backward()
            optimiser.step()
    network.eval()
    with torch.no_grad():
        parts = [network(windows[part - WINDOW + 1]) for part in torch.from_numpy(test).split(4096)]
    return torch.cat(parts).numpy().astype(float) * scale


def run(bars, kinds):
    from sklearn.preprocessing import StandardScaler
    matrix = features(bars)
    opened = bars["open"]
    count = len(opened)
    outcomes = np.zeros(count)
    outcomes[:count - HORIZON - 1] = opened[HORIZON + 1:] / opened[1:count - HORIZON] - 1
    squares, rows = dict.fromkeys(kinds, 0.0), 0
    for train, test in folds(count):
        scaler = StandardScaler().fit(matrix[train])
        scaled = scaler.transform(matrix).astype(np.float32)
        for kind in kinds:
            if kind == "lstm":
                found = lstm(scaled, outcomes, train, test)
            else:
                found = {"trees": boosted, "forest": forest}[kind](scaled[train], outcomes[train], scaled[test])
            squares[kind] += float(np.sum((outcomes[test] - found) ** 2))
        rows += len(test)
    return {kind: (square / rows) ** 0.5 for kind, square in squares.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--bars", type=int, default=50_000)
    parser.add_argument("--models", default="trees,forest")
    chosen = parser.parse_args()
    kinds = chosen.models.split(",")
    bars = read(chosen.data, chosen.bars)
    import lightgbm, pandas, sklearn.ensemble, ta  # noqa: E401,F401  loading is no part of the work
    if "lstm" in kinds:
        import torch  # noqa: F401
    with Meter() as meter:
        errors = run(bars, kinds)
    report("experiment", meter, errors[kinds[-1]], "ta", **{f"rmse_{kind}": error for kind, error in errors.items()})


main()
