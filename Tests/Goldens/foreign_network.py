"""Makes foreign_network.json: small networks as scripts/export_network.py writes them, and what PyTorch, or Keras's
formulas written out with numpy, forecast of 1,000 windows. Needs numpy and torch; run it with `python3 -P`, as
statistics.py beside it would hide the module of that name.

The rows are not kept: row r, column c is the number 4r + c of x' = (1103515245 x + 12345) mod 2^31 from x = 1, as
((x >> 8) mod 2049 - 1024) / 1024.
"""
import json
import pathlib
import sys
import tempfile

import numpy as np
import torch

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent / "scripts"))
import export_network  # noqa: E402

NAMES, WINDOW, WINDOWS = ["change", "strength", "hour", "depth"], 12, 1000
MEASURE = dict(centre=[0.1, -0.2, 0.05, 0.0], spread=[0.5, 0.25, 2.0, 1.0], unit=0.003, offset=0.0004)


def made_rows():
    found, x = [], 1
    for _ in range((WINDOWS + WINDOW - 1) * len(NAMES)):
        x = (1103515245 * x + 12345) % 2 ** 31
        found.append(((x >> 8) % 2049 - 1024) / 1024)
    return np.array(found).reshape(-1, len(NAMES))


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = torch.nn.LSTM(len(NAMES), 6, num_layers=2, batch_first=True, dropout=0.2)
        self.last = torch.nn.LSTM(6, 5, batch_first=True)
        self.head = torch.nn.Sequential(
            torch.nn.Linear(5, 3), torch.nn.Tanh(), torch.nn.Dropout(0.2), torch.nn.Linear(3, 1))

    def forward(self, x):
        return self.head(self.last(self.lstm(x)[0])[0][:, -1])


def text(layers):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "network.txt"
        export_network.write(layers, NAMES, WINDOW, path, **MEASURE)
        return path.read_text()


def keras(x, arrays):
    """LSTM, LSTM (last state), Dense relu, Dense: z = x·kernel + h·recurrent + b, in four parts i, f, c, o."""
    def sigmoid(v):
        return 1 / (1 + np.exp(-v))

    for kernel, recurrent, bias in (arrays[:3], arrays[3:6]):
        h = c = np.zeros((len(x), len(recurrent)))
        states = []
        for step in range(x.shape[1]):
            i, f, k, o = np.split(x[:, step] @ kernel + h @ recurrent + bias, 4, axis=1)
            c = sigmoid(f) * c + sigmoid(i) * np.tanh(k)
            h = sigmoid(o) * np.tanh(c)
            states.append(h)
        x = np.stack(states, axis=1)
    return np.maximum(0, x[:, -1] @ arrays[6] + arrays[7]) @ arrays[8] + arrays[9]


def main():
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(4)
    rows = (made_rows() - MEASURE["centre"]) / MEASURE["spread"]
    x = np.lib.stride_tricks.sliding_window_view(rows, WINDOW, axis=0).transpose(0, 2, 1)
    net = Net().eval()
    with torch.no_grad():
        for p in net.parameters():
            p.copy_((2 * p).float().double())
        torch_says = net(torch.tensor(x.copy())).numpy()
    rng = np.random.default_rng(9)
    shapes = [(4, 24), (6, 24), (24,), (6, 20), (5, 20), (20,), (5, 7), (7,), (7, 1), (1,)]
    arrays = [(0.8 * rng.standard_normal(shape)).astype("f4").astype(float) for shape in shapes]
    models = [
        ("pytorch", text(export_network.of_torch(net)), torch_says),
        ("keras", text(export_network.of_arrays(arrays, ["relu", "linear"])), keras(x, arrays)),
    ]
    (HERE / "foreign_network.json").write_text(json.dumps(dict(
        names=NAMES, window=WINDOW, models=[
            dict(name=name, text=words, forecasts=[
                float("%.10g" % (MEASURE["offset"] + MEASURE["unit"] * f)) for f in says[:, 0]])
            for name, words, says in models]), indent=0) + "\n")


main()
