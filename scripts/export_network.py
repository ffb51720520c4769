#!/usr/bin/env python3
"""Writes a recurrent network of PyTorch or Keras as the plain text that `train adopt FILE --format network` reads.

From Python, with this folder on the path:

    import export_network
    export_network.write(export_network.of_torch(net), names, 60, "network.txt", centre=means, spread=deviations)
    export_network.write(export_network.of_keras(model), names, 60, "network.txt", unit=label_deviation)

`of_torch` takes a module whose LSTM, Linear, Tanh and ReLU parts are defined in the order in which they are used,
asks it about a few windows and refuses where the text would forecast something else. `of_keras` takes a Sequential
model, `of_arrays` the list that its get_weights() gives. Or from files that hold nothing but numbers:

    python3 scripts/export_network.py weights.pt --out network.txt --names close,volume --window 60
    python3 scripts/export_network.py weights.npz --out network.txt --names close,volume --window 60

(torch.save(net.state_dict(), "weights.pt"); numpy.savez("weights.npz", *model.get_weights())). `--numbers FILE` names
a JSON file with what the training did to features and label: {"centre": [...], "spread": [...], "unit": u,
"offset": o}; features become (x - centre) / spread, the forecast is offset + unit * output.

LSTM layers of one direction come first, each handing on all its states but the last one, which hands on its last
state; then dense layers, linear, tanh or relu, the last of one linear unit. Dropout is left out.

The text, a line each: `auspex network 1`, `names` and the features, `window` and the bars a forecast looks back on,
`centre` and `spread` (a number per feature), `unit`, `layers` and their number. Then for every layer `lstm UNITS` or
`dense UNITS ACTIVATION`, `bias`, `input` (row by row: a row for each gate or unit, a number for each input) and, of
an LSTM, `hidden` (a row for each gate, a number for each unit). The gates of an LSTM are four blocks in the order i,
f, g, o: input, forget, candidate (Keras calls it c), output. Each has one bias: PyTorch's two are added up.
"""
import argparse
import json
import math
import struct


def numbers(values):
    """Rows of numbers as lists, whatever holds them."""
    if hasattr(values, "detach"):
        values = values.detach().cpu()
    return values.tolist() if hasattr(values, "tolist") else [
        numbers(v) if isinstance(v, (list, tuple)) or hasattr(v, "tolist") else v for v in values]


def fail(words):
    raise SystemExit("export_network: " + words)


def single(value):
    """The nearest number of single precision."""
    return struct.unpack("f", struct.pack("f", value))[0]


def turned(rows):
    return [list(column) for column in zip(*rows)]


def recurrent(given, hidden, *biases):
    """A layer as PyTorch lays it out: a row for each gate in the order i, f, g, o."""
    given, hidden = numbers(given), numbers(hidden)
    bias = [math.fsum(parts) for parts in zip(*map(numbers, biases))] if biases else [0.0] * len(hidden)
    return dict(kind="lstm", units=len(hidden[0]), bias=bias, input=given, hidden=hidden)


def dense(rows, bias=None, activation="linear"):
    rows = numbers(rows)
    return dict(kind="dense", units=len(rows), bias=numbers(bias) if bias is not None else [0.0] * len(rows),
                input=rows, activation=activation)


def of_state(state, activations=()):
    """The layers of a PyTorch state dictionary; `activations` are those of its dense layers, in order."""
    layers, words = [], list(activations)
    prefixes = list(dict.fromkeys(name.rpartition(".")[0] for name in state))
    for prefix in prefixes:
        own = {name.rpartition(".")[2]: value for name, value in state.items() if name.rpartition(".")[0] == prefix}
        if "weight_ih_l0" in own:
            for depth in range(sum(name.startswith("weight_ih_l") for name in own)):
                biases = [own.pop(f"bias_{side}_l{depth}") for side in ("ih", "hh") if f"bias_{side}_l{depth}" in own]
                given, hidden = own.pop(f"weight_ih_l{depth}", None), own.pop(f"weight_hh_l{depth}", None)
                if given is None or hidden is None or len(numbers(hidden)) != 4 * len(numbers(hidden)[0]):
                    fail(f"{prefix}: an LSTM of one direction without projection is expected")
                layers.append(recurrent(given, hidden, *biases))
        else:
            weight = own.pop("weight", None)
            if weight is None:
                fail(f"{prefix}: LSTM and Linear are taken, found {', '.join(own)}")
            layers.append(dense(weight, own.pop("bias", None), words.pop(0) if words else "linear"))
        if own:
            fail(f"{prefix}: no place for {', '.join(own)}")
    return layers


def of_torch(net, windows=3, bars=7):
    """The layers of a module, held against what it says of a few windows itself."""
    import torch
    state, activations = {}, []
    for name, part in net.named_modules():
        kind = type(part).__name__
        if kind in ("Tanh", "ReLU"):
            if not activations:
                fail(f"{name}: an activation is expected behind a Linear")
            activations[-1] = kind.lower()
        elif kind == "Linear":
            activations.append("linear")
        elif kind == "LSTM" and (part.bidirectional or part.proj_size):
            fail(f"{name}: an LSTM of one direction without projection is expected")
        own = dict(part.named_parameters(recurse=False)) | dict(part.named_buffers(recurse=False))
        if own and kind not in ("LSTM", "Linear"):
            fail(f"{name}: LSTM and Linear are taken, found {kind}")
        state.update({f"{name}.{key}": value for key, value in own.items()})
    layers = of_state(state, activations)
    mode = net.training
    rows = torch.randn(windows, bars, len(layers[0]["input"][0]), generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        theirs = net.eval()(rows.to(next(net.parameters()))).flatten().tolist()
    net.train(mode)
    for window, found in zip(rows.tolist(), theirs):
        ours = forecast(layers, window)
        if not abs(ours - found) <= 1e-4 * max(1, abs(found)):
            fail(f"the module says {found} where its parts, in the order of their definition, make {ours}")
    return layers


def of_arrays(arrays, activations=()):
    """The layers of Keras's get_weights(): kernels have a column for each gate, in the order i, f, c, o."""
    arrays, layers, words = [numbers(a) for a in arrays], [], list(activations)
    place = 0

    def is_matrix(index):
        return index < len(arrays) and isinstance(arrays[index][0], list)

    while place < len(arrays):
        if is_matrix(place) and is_matrix(place + 1) and len(arrays[place + 1][0]) == 4 * len(arrays[place + 1]) \
                and not any(layer["kind"] == "dense" for layer in layers):
            bias = [arrays[place + 2]] if place + 2 < len(arrays) and not is_matrix(place + 2) else []
            layers.append(recurrent(turned(arrays[place]), turned(arrays[place + 1]), *bias))
            place += 2 + len(bias)
        elif is_matrix(place):
            bias = arrays[place + 1] if place + 1 < len(arrays) and not is_matrix(place + 1) else None
            layers.append(dense(turned(arrays[place]), bias, words.pop(0) if words else "linear"))
            place += 1 if bias is None else 2
        else:
            fail(f"array {place + 1}: a kernel is expected")
    return layers


def of_keras(model):
    """The layers of a Sequential model of LSTM, Dense and Dropout."""
    arrays, activations = [], []
    for layer in model.layers:
        kind, settings = type(layer).__name__, layer.get_config()
        if kind == "LSTM":
            for name, usual in (("activation", "tanh"), ("recurrent_activation", "sigmoid"), ("go_backwards", False)):
                if settings.get(name, usual) != usual:
                    fail(f"{layer.name}: {name} is {settings[name]}, {usual} is expected")
        elif kind == "Dense":
            activations.append(settings["activation"])
        elif kind not in ("Dropout", "InputLayer"):
            fail(f"{layer.name}: LSTM, Dense and Dropout are taken, found {kind}")
        arrays += layer.get_weights()
    return of_arrays(arrays, activations)


def forecast(layers, window):
    """What the layers say of one window, slowly: what the text means."""
    rows = window
    for layer in layers:
        if layer["kind"] == "lstm":
            rows = states(layer, rows)
            continue
        sums = [b + math.fsum(w * x for w, x in zip(line, rows[-1])) for line, b in zip(layer["input"], layer["bias"])]
        bend = dict(linear=lambda x: x, tanh=math.tanh, relu=lambda x: max(0.0, x))[layer["activation"]]
        rows = [[bend(s) for s in sums]]
    return rows[-1][0]


def states(layer, rows):
    units, found = layer["units"], []
    h = c = [0.0] * units
    for row in rows:
        z = [b + math.fsum(w * x for w, x in zip(line, row)) + math.fsum(w * x for w, x in zip(turn, h))
             for line, turn, b in zip(layer["input"], layer["hidden"], layer["bias"])]
        i, f, o = ([(1 + math.tanh(v / 2)) / 2 for v in z[k * units:(k + 1) * units]] for k in (0, 1, 3))
        g = [math.tanh(v) for v in z[2 * units:3 * units]]
        c = [f[j] * c[j] + i[j] * g[j] for j in range(units)]
        h = [o[j] * math.tanh(c[j]) for j in range(units)]
        found.append(h)
    return found


def check(layers, names):
    """Refuses layers that do not follow one another."""
    kinds = [layer["kind"] for layer in layers]
    if not layers or kinds != sorted(kinds, reverse=True) or kinds[0] != "lstm" or kinds[-1] != "dense":
        fail(f"LSTM layers and then dense ones are expected, found {' '.join(kinds)}")
    if layers[-1]["units"] != 1 or layers[-1]["activation"] != "linear":
        fail("the last layer must be one linear unit")
    width = len(names)
    for index, layer in enumerate(layers):
        rows = layer["units"] * (4 if layer["kind"] == "lstm" else 1)
        shapes = [(layer["input"], width)] + ([(layer["hidden"], layer["units"])] if layer["kind"] == "lstm" else [])
        for matrix, columns in shapes:
            if len(matrix) != rows or any(len(line) != columns for line in matrix):
                fail(f"layer {index + 1}: {rows} rows of {columns} numbers are expected, "
                     f"found {len(matrix)} of {len(matrix[0])}")
        if len(layer["bias"]) != rows:
            fail(f"layer {index + 1}: {rows} biases are expected, found {len(layer['bias'])}")
        if layer.get("activation", "linear") not in ("linear", "tanh", "relu"):
            fail(f"layer {index + 1}: linear, tanh and relu are taken, found {layer['activation']}")
        width = layer["units"]


def write(layers, names, window, path, centre=None, spread=None, unit=1.0, offset=0.0):
    check(layers, names)
    centre = [0.0] * len(names) if centre is None else numbers(centre)
    spread = [1.0] * len(names) if spread is None else numbers(spread)
    if len(centre) != len(names) or len(spread) != len(names):
        fail(f"{len(names)} centres and spreads are expected, found {len(centre)} and {len(spread)}")

    def line(name, values):
        file.write("%s %s\n" % (name, " ".join(repr(float(v)) for v in values)))

    with open(path, "w", encoding="utf-8") as file:
        file.write("auspex network 1\nnames %s\nwindow %d\n" % (" ".join(names), window))
        line("centre", centre)
        line("spread", spread)
        line("unit", [unit])
        file.write("layers %d\n" % len(layers))
        for layer in layers:
            is_last = layer is layers[-1]
            file.write("%s %d%s\n" % (layer["kind"], layer["units"], " " + layer["activation"]
                                      if layer["kind"] == "dense" else ""))
            # An offset is a bias of the last unit.
            line("bias", [single(b + offset / unit if is_last else b) for b in layer["bias"]])
            line("input", [single(w) for row in layer["input"] for w in row])
            if layer["kind"] == "lstm":
                line("hidden", [single(w) for row in layer["hidden"] for w in row])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", help="a state dictionary of PyTorch (.pt, .pth) or Keras's arrays (.npz)")
    parser.add_argument("--out", required=True, metavar="FILE")
    parser.add_argument("--names", required=True, metavar="NAME,NAME", help="the features, in the order of the columns")
    parser.add_argument("--window", required=True, type=int, metavar="BARS", help="bars a forecast looks back on")
    parser.add_argument("--activations", default="", metavar="WORD,WORD", help="of the dense layers; linear by default")
    parser.add_argument("--numbers", metavar="FILE", help="JSON: centre, spread, unit, offset")
    chosen = parser.parse_args()
    words = chosen.activations.split(",") if chosen.activations else []
    if chosen.weights.endswith(".npz"):
        import numpy
        with numpy.load(chosen.weights) as arrays:
            layers = of_arrays([arrays[name] for name in arrays.files], words)
    else:
        import torch
        layers = of_state(torch.load(chosen.weights, map_location="cpu", weights_only=True), words)
    more = {}
    if chosen.numbers:
        with open(chosen.numbers, encoding="utf-8") as file:
            more = json.load(file)
    write(layers, chosen.names.split(","), chosen.window, chosen.out, **more)


if __name__ == "__main__":
    main()
