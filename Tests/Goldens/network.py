"""Golden training of a small recurrent network for ModelsTests: PyTorch in double precision, full batches, nothing
dropped; writes network.json beside itself. Needs numpy 2.4.6 and torch 2.15.0; run it with `python3 -P`, as
statistics.py beside it would hide the module of that name.

PyTorch adds two biases to every gate; one of them is held at nothing, so that a step moves a bias once.
"""
import json
import pathlib

import numpy as np
import torch

WINDOW, FEATURES, UNITS, DENSE, WINDOWS, STEPS = 12, 4, (6, 5), 3, 48, 100
torch.set_default_dtype(torch.float64)
torch.manual_seed(3)


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.first = torch.nn.LSTM(FEATURES, UNITS[0], batch_first=True)
        self.second = torch.nn.LSTM(UNITS[0], UNITS[1], batch_first=True)
        self.head = torch.nn.Sequential(torch.nn.Linear(UNITS[1], DENSE), torch.nn.Linear(DENSE, 1))
        for lstm in (self.first, self.second):
            lstm.bias_hh_l0.data.zero_()
            lstm.bias_hh_l0.requires_grad_(False)

    def forward(self, x):
        out, _ = self.first(x)
        out, _ = self.second(out)
        return self.head(out[:, -1])

    def layers(self):
        found = [dict(bias=l.bias_ih_l0, input=l.weight_ih_l0, hidden=l.weight_hh_l0)
                 for l in (self.first, self.second)]
        found += [dict(bias=d.bias, input=d.weight) for d in self.head]
        return [{name: [float(np.float32(v)) for v in value.detach().flatten()] for name, value in layer.items()}
                for layer in found]


def main():
    rng = np.random.default_rng(7)
    rows = rng.standard_normal((WINDOWS + WINDOW - 1, FEATURES)).astype(np.float32).astype(np.float64)
    x = np.lib.stride_tricks.sliding_window_view(rows, WINDOW, axis=0).transpose(0, 2, 1)
    y = np.tanh(x[:, -4:, 0].mean(1) + 0.5 * x[:, -2, 1]) + 0.1 * rng.standard_normal(WINDOWS)
    y = y / np.sqrt(np.mean(y ** 2))
    net = Net()
    with torch.no_grad():
        for p in net.parameters():
            p.copy_(p.float().double())
    start = net.layers()
    x, y = torch.tensor(x.copy()), torch.tensor(y)[:, None]
    optimiser = torch.optim.Adam([p for p in net.parameters() if p.requires_grad], lr=1e-3)
    costs = []
    for _ in range(STEPS):
        optimiser.zero_grad()
        cost = 0.5 * torch.nn.functional.mse_loss(net(x), y)
        costs.append(float(cost))
        cost.backward()
        optimiser.step()
    target = pathlib.Path(__file__).with_suffix(".json")
    target.write_text(json.dumps(dict(
        window=WINDOW, features=FEATURES, recurrent=list(UNITS), dense=[DENSE], rows=rows.flatten().tolist(),
        labels=y.flatten().tolist(), start=start, end=net.layers(), costs=costs,
        forecasts=net(x).detach().flatten().tolist())))


main()
