"""Indicators of TA-Lib, one function or all eleven, or ta's whole set, on the bars of made_data.py.

TA-Lib's C works on columns of doubles and returns new ones, as ours does here; ta works on a pandas frame. `rounds`
counts the bars: what is compared is the cost of a bar, ta's on fewer of them, as its cost grows with their number.
"""
import argparse
import json
import warnings

import numpy as np

from meter import Meter, report

CHECKED = ["volatility_bbh", "trend_macd_diff", "momentum_rsi", "trend_adx", "trend_kst", "trend_cci"]


def functions(opened, high, low, close, volume):
    import talib
    return dict(
        SMA=lambda: talib.SMA(close, 20), EMA=lambda: talib.EMA(close, 20), RSI=lambda: talib.RSI(close, 14),
        MACD=lambda: talib.MACD(close, 12, 26, 9), BBANDS=lambda: talib.BBANDS(close, 20),
        ATR=lambda: talib.ATR(high, low, close, 14), ADX=lambda: talib.ADX(high, low, close, 14),
        CCI=lambda: talib.CCI(high, low, close, 20), STOCH=lambda: talib.STOCH(high, low, close),
        OBV=lambda: talib.OBV(close, volume), SAR=lambda: talib.SAR(high, low))


def best(work, rounds):
    meters = []
    for _ in range(rounds):
        with Meter() as meter:
            found = work()
        meters.append(meter)
    return found, min(meters, key=lambda meter: meter.cpu)


def of_talib(chosen, columns):
    every = functions(*columns)
    names = list(every) if chosen.only == "total11" else [chosen.only]
    found, meter = best(lambda: [every[name]() for name in names], chosen.rounds)
    every_column = [column for one in found for column in (one if isinstance(one, tuple) else (one,))]
    means = [float(column[-1000:].mean()) for column in every_column]
    finish("indicator-" + chosen.only, meter, means, "TA-Lib", len(every_column[0]))


def of_ta(chosen, columns):
    warnings.filterwarnings("ignore")
    import pandas
    import ta
    frame = pandas.DataFrame(dict(zip(["open", "high", "low", "close", "volume"], columns)))
    found, meter = best(
        lambda: ta.add_all_ta_features(frame.copy(), "open", "high", "low", "close", "volume"), chosen.rounds)
    finish("ta86", meter, float(found[CHECKED].iloc[5000:10000].mean().sum()), "ta", len(frame))


def finish(task, meter, check, distribution, bars):
    report(task, meter, check, distribution, rows=bars, rounds=bars, ns_per_bar=meter.cpu / bars * 1e9,
           bars_per_cpu_s=bars / meter.cpu)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--only", required=True, help="SMA ... SAR, total11 or ta86")
    parser.add_argument("--bars", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    with open(chosen.data + ".json") as file:
        rows = json.load(file)["bars"]
    table = np.fromfile(chosen.data + ".ohlcv.f32", "<f4").reshape(5, rows)
    columns = [np.ascontiguousarray(column[:chosen.bars], dtype=float) for column in table]
    (of_ta if chosen.only == "ta86" else of_talib)(chosen, columns)


main()
