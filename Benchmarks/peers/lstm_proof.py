"""Trains PyTorch beside `bench lstm-proof`: the same windows, starting weights and batches, nothing dropped.

Prints for each planted market the largest relative difference of the epochs' costs and that of the last error on
held-out windows; ends with 1 where a cost differs by more than 1 %, or the errors, as a mean over the markets, by more
than 0.1 %.
"""
import argparse
import json
import pathlib
import subprocess
import sys

import numpy as np
import torch


class Owner(torch.nn.Module):
    def __init__(self, features):
        super().__init__()
        self.first = torch.nn.LSTM(features, 50, batch_first=True)
        self.second = torch.nn.LSTM(50, 50, batch_first=True)
        self.head = torch.nn.Sequential(torch.nn.Linear(50, 25), torch.nn.Linear(25, 1))
        for lstm in (self.first, self.second):
            lstm.bias_hh_l0.data.zero_()
            lstm.bias_hh_l0.requires_grad_(False)

    def forward(self, x):
        return self.head(self.second(self.first(x)[0])[0][:, -1])[:, 0]

    def begin(self, numbers):
        place = 0
        for part in (self.first, self.second, *self.head):
            own = [p for p in part.parameters() if p.requires_grad]
            for parameter in own:
                size = parameter.numel()
                parameter.data.copy_(torch.from_numpy(numbers[place:place + size].reshape(parameter.shape)))
                place += size
        assert place == len(numbers)


def windows(folder, name, told):
    rows = np.fromfile(folder / f"{name}.rows.f32", "<f4").reshape(-1, told["features"])
    ends = np.fromfile(folder / f"{name}.ends.i32", "<i4")
    x = np.stack([rows[end - told["window"]:end] for end in ends])
    return torch.from_numpy(x), torch.from_numpy(np.fromfile(folder / f"{name}.labels.f64"))


def train(told):
    folder = pathlib.Path(told["folder"])
    x, y = windows(folder, "learned", told)
    held, outcomes = windows(folder, "held", told)
    unit = float((y ** 2).mean().sqrt())
    target = (y / unit).float()
    net = Owner(told["features"])
    net.begin(np.fromfile(folder / "start.f32", "<f4"))
    optimiser = torch.optim.Adam([p for p in net.parameters() if p.requires_grad], lr=1e-3)
    orders = torch.from_numpy(np.fromfile(folder / "orders.i32", "<i4").astype("i8")).reshape(told["epochs"], -1)
    costs, errors = [], []
    for order in orders:
        total = 0.0
        for places in order.split(told["batch"]):
            optimiser.zero_grad()
            cost = 0.5 * torch.nn.functional.mse_loss(net(x[places]), target[places])
            total += float(cost.detach()) * len(places)
            cost.backward()
            optimiser.step()
        costs.append(total / len(x))
        with torch.inference_mode():
            errors.append(float(((net(held).double() * unit - outcomes) ** 2).mean().sqrt()))
    return costs, errors


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", default=".build/release/bench", help="the program bench")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--folder", default="out/proof")
    chosen = parser.parse_args()
    torch.set_num_threads(1)
    lines = subprocess.run([chosen.bench, "lstm-proof", "--seeds", str(chosen.seeds), "--out", chosen.folder],
                           check=True, capture_output=True, text=True).stdout
    gaps, worst = [], 0.0
    for told in map(json.loads, filter(str.strip, lines.splitlines())):
        told = {key: int(value) if key in ("features", "window", "batch", "epochs") else value
                for key, value in told.items()}
        costs, errors = train(told)
        curve = max(abs(a / b - 1) for a, b in zip(told["costs"], costs))
        gaps.append(told["errors"][-1] / errors[-1] - 1)
        worst = max(worst, curve)
        print(json.dumps(dict(folder=told["folder"], windows=told["windows"], costs=curve, error=gaps[-1],
                              rmse=told["errors"][-1], rmse_torch=errors[-1])), flush=True)
    print(json.dumps(dict(worst_cost=worst, mean_error=float(np.mean(gaps)), largest_error=float(np.abs(gaps).max()))))
    sys.exit(not (worst <= 0.01 and abs(np.mean(gaps)) <= 0.001))


main()
