"""TA-Lib 0.8.2 (C 0.8.1) on 3,000 bars of each kind: python talib_columns.py > talib.json"""

import json

import numpy
import pandas
import ruled
import talib


def columns(frame):
    o, h, l, c, v = (frame[name].to_numpy() for name in ["open", "high", "low", "close", "volume"])
    periods = 2 + v / 200
    made = {}

    def put(name, values, *outputs):
        if not outputs:
            made[name] = values
        for output, part in zip(outputs, values):
            made[f"{name}_{output}"] = part

    put("ACCBANDS", talib.ACCBANDS(h, l, c), "upper", "middle", "lower")
    put("BBANDS", talib.BBANDS(c, 20, 2.0, 2.0, 0), "upper", "middle", "lower")
    for name in ["DEMA", "EMA", "HT_TRENDLINE", "KAMA", "MA"]:
        put(name, getattr(talib, name)(c))
    put("MAMA", talib.MAMA(c, 0.5, 0.05), "mama", "fama")
    put("MAVP", talib.MAVP(c, periods))
    put("MIDPOINT", talib.MIDPOINT(c))
    put("MIDPRICE", talib.MIDPRICE(h, l))
    put("SAR", talib.SAR(h, l))
    put("SAREXT", talib.SAREXT(h, l))
    for name in ["SMA", "T3", "TEMA", "TRIMA", "WMA"]:
        put(name, getattr(talib, name)(c))
    put("ADX", talib.ADX(h, l, c))
    put("ADXR", talib.ADXR(h, l, c))
    put("APO", talib.APO(c, 12, 26, 1))
    put("AROON", talib.AROON(h, l), "down", "up")
    put("AROONOSC", talib.AROONOSC(h, l))
    put("BOP", talib.BOP(o, h, l, c))
    put("CCI", talib.CCI(h, l, c))
    put("CMO", talib.CMO(c))
    put("DX", talib.DX(h, l, c))
    put("IMI", talib.IMI(o, c))
    for name in ["MACD", "MACDEXT", "MACDFIX"]:
        put(name, getattr(talib, name)(c), "macd", "signal", "hist")
    put("MFI", talib.MFI(h, l, c, v))
    put("MINUS_DI", talib.MINUS_DI(h, l, c))
    put("MINUS_DM", talib.MINUS_DM(h, l))
    put("MOM", talib.MOM(c))
    put("PLUS_DI", talib.PLUS_DI(h, l, c))
    put("PLUS_DM", talib.PLUS_DM(h, l))
    put("PPO", talib.PPO(c, 12, 26, 1))
    for name in ["ROC", "ROCP", "ROCR", "ROCR100", "RSI"]:
        put(name, getattr(talib, name)(c))
    put("STOCH", talib.STOCH(h, l, c), "slowk", "slowd")
    put("STOCHF", talib.STOCHF(h, l, c), "fastk", "fastd")
    put("STOCHRSI", talib.STOCHRSI(c), "fastk", "fastd")
    put("TRIX", talib.TRIX(c))
    put("ULTOSC", talib.ULTOSC(h, l, c))
    put("WILLR", talib.WILLR(h, l, c))
    put("AD", talib.AD(h, l, c, v))
    put("ADOSC", talib.ADOSC(h, l, c, v))
    put("OBV", talib.OBV(c, v))
    put("ATR", talib.ATR(h, l, c))
    put("NATR", talib.NATR(h, l, c))
    put("TRANGE", talib.TRANGE(h, l, c))
    put("AVGDEV", talib.AVGDEV(c))
    put("AVGPRICE", talib.AVGPRICE(o, h, l, c))
    put("MEDPRICE", talib.MEDPRICE(h, l))
    put("TYPPRICE", talib.TYPPRICE(h, l, c))
    put("WCLPRICE", talib.WCLPRICE(h, l, c))
    put("BETA", talib.BETA(h, l))
    put("CORREL", talib.CORREL(h, l))
    for name in ["LINEARREG", "LINEARREG_ANGLE", "LINEARREG_INTERCEPT", "LINEARREG_SLOPE"]:
        put(name, getattr(talib, name)(c))
    for name in ["STDDEV", "TSF", "VAR"]:
        put(name, getattr(talib, name)(c))
    return pandas.DataFrame(made)


rows = list(range(1000, 3000, 83)) + [2999]
print(json.dumps({kind: ruled.golden(columns(ruled.bars(kind)), rows) for kind in ruled.KINDS}))
