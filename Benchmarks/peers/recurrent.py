"""The owner's network in PyTorch and onnxruntime: LSTM 50, dropout, LSTM 50 (last state), dropout, dense 25, dense 1.

`train` learns from windows of normal numbers as `bench lstm` does; `predict` has the weights and windows of
`bench lstm-latency`, so that both must come to the same number. PyTorch gets its windows as one tensor, cut before the
clock runs; ours lays them out batch by batch, on the clock.
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import numpy as np
import torch

from meter import Meter, report

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "scripts"))
import export_network  # noqa: E402

UNITS, WINDOW, FEATURES = 50, 60, 30


class Owner(torch.nn.Module):
    def __init__(self, dropout=0.2):
        super().__init__()
        self.first = torch.nn.LSTM(FEATURES, UNITS, batch_first=True)
        self.second = torch.nn.LSTM(UNITS, UNITS, batch_first=True)
        self.drop = torch.nn.Dropout(dropout)
        self.head = torch.nn.Sequential(torch.nn.Linear(UNITS, 25), torch.nn.Linear(25, 1))

    def forward(self, x):
        out, _ = self.first(x)
        out, _ = self.second(self.drop(out))
        return self.head(self.drop(out[:, -1]))


def wave(rows, columns):
    return torch.tensor((37 * rows + 91 * columns) % 101, dtype=torch.float32) / 50 - 1


def waved():
    """The network whose weights a formula gives; column 0 is the bias."""
    net = Owner().eval()

    def block(rows, first, count):
        return wave(np.arange(rows)[:, None], np.arange(first, first + count)[None, :]) * 0.25

    with torch.no_grad():
        for lstm, inputs in ((net.first, FEATURES), (net.second, UNITS)):
            lstm.weight_ih_l0.copy_(block(4 * UNITS, 1, inputs))
            lstm.weight_hh_l0.copy_(block(4 * UNITS, 1 + inputs, UNITS))
            lstm.bias_ih_l0.copy_(block(4 * UNITS, 0, 1)[:, 0])
            lstm.bias_hh_l0.zero_()
        for dense in net.head:
            dense.weight.copy_(block(dense.out_features, 1, dense.in_features))
            dense.bias.copy_(block(dense.out_features, 0, 1)[:, 0])
    return net


def made_windows(count, seed):
    rng = np.random.default_rng(seed)
    rows = rng.standard_normal((count + WINDOW - 1, FEATURES), dtype=np.float32)
    x = np.ascontiguousarray(np.lib.stride_tricks.sliding_window_view(rows, WINDOW, axis=0).transpose(0, 2, 1))
    y = np.tanh(x[:, -5:, 0].mean(1)) + 0.1 * rng.standard_normal(count)
    return torch.from_numpy(x), torch.from_numpy(y.astype(np.float32))[:, None]


def train(chosen):
    torch.manual_seed(1)
    net = Owner().train()
    x, y = made_windows(chosen.samples, 1)
    optimiser = torch.optim.Adam(net.parameters(), lr=1e-3)
    cost = torch.nn.MSELoss()
    with Meter() as meter:
        for _ in range(chosen.epochs):
            for places in torch.randperm(chosen.samples).split(chosen.batch or 32):
                optimiser.zero_grad()
                cost(net(x[places]), y[places]).backward()
                optimiser.step()
    x, y = made_windows(2048, 2)
    with torch.inference_mode():
        rmse = float(((net.eval()(x) - y) ** 2).mean().sqrt())
    learned = chosen.samples * chosen.epochs
    report("lstm", meter, rmse, "torch", samples_per_cpu_s=learned / meter.cpu)


def predict(chosen):
    net = waved()
    count = chosen.batch or 1
    rows = wave(np.arange(count + WINDOW - 1)[:, None], np.arange(FEATURES)[None, :])
    x = rows.unfold(0, WINDOW, 1).transpose(1, 2).contiguous()
    if chosen.peer == "onnxruntime":
        ask = onnx_session(net, x)
    else:
        def ask():
            with torch.inference_mode():
                return net(x).numpy()
    for _ in range(5):
        first = float(ask()[0, 0])
    if chosen.batch:
        rounds = max(1, chosen.calls // chosen.batch)
        with Meter() as meter:
            for _ in range(rounds):
                ask()
        members = dict(rounds=rounds, batch_cpu_s=meter.cpu, windows_per_cpu_s=rounds * count / meter.cpu)
    else:
        micros = []
        with Meter() as meter:
            for _ in range(chosen.calls):
                start = time.perf_counter()
                ask()
                micros.append((time.perf_counter() - start) * 1e6)
        micros.sort()
        members = dict(p50_us=micros[len(micros) // 2], p99_us=micros[len(micros) * 99 // 100])
    report("lstm-latency", meter, first, "torch" if chosen.peer == "pytorch" else chosen.peer, **members)


def onnx_session(net, x):
    import onnxruntime
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "lstm.onnx")
        torch.onnx.export(net, (x,), path, input_names=["x"], output_names=["y"], dynamo=False, opset_version=17)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    values = x.numpy()
    return lambda: session.run(None, {"x": values})[0]


def verify(chosen):
    """Asks onnxruntime for the windows of `bench lstm-latency --batch N --onnx FILE`."""
    import onnxruntime
    ours = np.fromfile(chosen.onnx + ".f64")
    rows = wave(np.arange(len(ours) + WINDOW - 1)[:, None], np.arange(FEATURES)[None, :])
    x = rows.unfold(0, WINDOW, 1).transpose(1, 2).contiguous().numpy()
    session = onnxruntime.InferenceSession(chosen.onnx, providers=["CPUExecutionProvider"])
    theirs = session.run(None, {"features": x})[0][:, 0]
    print(f"{len(ours)} windows, largest difference {np.abs(ours - theirs).max():.2e}, "
          f"deviation of the forecasts {np.std(theirs):.2e}")


def adopt(chosen):
    """Writes a trained network by scripts/export_network.py and lets `bench lstm-foreign` forecast the same windows."""
    torch.manual_seed(1)
    net = Owner().train()
    x, y = made_windows(1600, 1)
    optimiser = torch.optim.Adam(net.parameters(), lr=1e-3)
    for places in torch.randperm(len(x)).split(32):
        optimiser.zero_grad()
        torch.nn.functional.mse_loss(net(x[places]), y[places]).backward()
        optimiser.step()
    count = chosen.batch or 2000
    rng = np.random.default_rng(3)
    rows = rng.standard_normal((count + WINDOW - 1, FEATURES), dtype=np.float32)
    x = np.lib.stride_tricks.sliding_window_view(rows, WINDOW, axis=0).transpose(0, 2, 1)
    with torch.inference_mode():
        theirs = net.eval()(torch.from_numpy(x.copy()))[:, 0].double().numpy()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        names = [f"f{i}" for i in range(FEATURES)]
        export_network.write(export_network.of_torch(net), names, WINDOW, folder / "network.txt")
        rows.tofile(folder / "rows.f32")
        subprocess.run([chosen.bench, "lstm-foreign", "--model", folder / "network.txt", "--rows", folder / "rows.f32",
                        "--out", folder / "ours.f64"], check=True, stdout=subprocess.DEVNULL)
        ours = np.fromfile(folder / "ours.f64")
    gap = np.abs(ours - theirs).max()
    print(f"{count} windows, largest difference {gap:.2e}, deviation of the forecasts {np.std(theirs):.2e}")
    sys.exit(len(ours) != count or not gap <= 1e-5)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=["train", "predict", "verify", "adopt"])
    parser.add_argument("--peer", choices=["pytorch", "onnxruntime"], default="pytorch")
    parser.add_argument("--samples", type=int, default=6400)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--batch", type=int, help="windows at once; none asks for one after the other")
    parser.add_argument("--onnx", help="what `bench lstm-latency --onnx` wrote")
    parser.add_argument("--bench", default=".build/release/bench", help="the program bench, for adopt")
    parser.add_argument("--calls", type=int, default=4000)
    chosen = parser.parse_args()
    torch.set_num_threads(1)
    dict(train=train, predict=predict, verify=verify, adopt=adopt)[chosen.task](chosen)


main()
