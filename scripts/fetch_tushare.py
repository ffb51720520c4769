#!/usr/bin/env python3
"""Fetches with tushare pro and prints the CSV that `data update` reads.

The token is taken from the variable TUSHARE_TOKEN and never printed. Stocks count volume in lots of a hundred and
turnover in thousands of yuan there, futures turnover in ten thousands; all is given on in shares, contracts and yuan.
Needs `pip install tushare`, except with --recorded; made for tushare 1.4.29, whose client it was tried with.

  TUSHARE_TOKEN=… fetch_tushare.py bars 600000.SSE --interval 1d --from 2021-01-04 --until 2021-01-08
"""
import os

from fetch_feed import NoUse, day, main, of_frame, plain

STOCKS = {"SSE": "SH", "SZSE": "SZ", "BSE": "BJ"}
FUTURES = {"SHFE": "SHF", "INE": "INE", "DCE": "DCE", "CZCE": "ZCE", "CFFEX": "CFX", "GFEX": "GFE"}
MINUTES = {"1m": "1min", "5m": "5min", "15m": "15min", "30m": "30min", "1h": "60min"}


def ask(function, arguments):
    token = os.environ.get("TUSHARE_TOKEN")
    if not token:
        raise NoUse("TUSHARE_TOKEN is not set: let it hold your token of tushare pro")
    try:
        import tushare
    except ImportError:
        raise NoUse("tushare is missing: pip install tushare") from None
    api = tushare.pro_api(token)
    try:
        frame = getattr(api, function)(**arguments)
    except Exception as reason:
        raise told(str(reason).replace(token, "…")) from None
    if not len(frame.columns):  # the client's answer where the server had none
        raise RuntimeError(f"{function}: the server refused to answer")
    return of_frame(frame)


def told(words):
    """Too many calls in a minute pass; a wrong token or too few points stay."""
    stays = "每分钟" not in words and any(word in words for word in ("token", "权限", "积分"))
    return NoUse(words) if stays else RuntimeError(words)


def rows_of(chosen, source):
    span = dict(start_date=chosen.first.replace("-", ""), end_date=chosen.last.replace("-", ""))
    if chosen.kind == "days":
        return days(chosen, source, span)
    code, _, exchange = chosen.symbol.rpartition(".")
    if exchange in STOCKS:
        return stocks(chosen, source, f"{code}.{STOCKS[exchange]}", span)
    if exchange in FUTURES:
        return futures(chosen, source, f"{code.upper()}.{FUTURES[exchange]}", span)
    raise NoUse(f"this script asks tushare for stocks and futures, not for {chosen.symbol}")


def days(chosen, source, span):
    if chosen.symbol not in (*STOCKS, *FUTURES):
        return []
    rows = source.rows("trade_cal", chosen.symbol, exchange=chosen.symbol, **span)
    return [(chosen.symbol, day(row["cal_date"])) for row in rows if int(row["is_open"]) == 1]


def stocks(chosen, source, code, span):
    if chosen.kind == "basics":
        row = one(source.rows("stock_basic", code, ts_code=code,
                              fields="ts_code,name,list_date,delist_date"), code)
        lot = 200 if code.startswith("688") else 100
        return [(chosen.symbol, row["name"], lot, "0.01", day(row["list_date"]), optional_day(row["delist_date"]))]
    if chosen.kind == "factors":
        rows = source.rows("adj_factor", code, ts_code=code, **span)
        return [(chosen.symbol, day(row["trade_date"]), plain(row["adj_factor"])) for row in rows]
    if chosen.kind == "limits":
        rows = source.rows("stk_limit", code, ts_code=code, **span)
        return [(chosen.symbol, day(row["trade_date"]), plain(row["down_limit"]), plain(row["up_limit"]))
                for row in rows]
    if chosen.interval in MINUTES:
        rows = source.rows("stk_mins", code, MINUTES[chosen.interval], ts_code=code,
                           freq=MINUTES[chosen.interval], **minutes(chosen))
        return [(chosen.symbol, row["trade_time"], *prices(row), plain(row["vol"]), plain(row["amount"]), 0)
                for row in rows]
    rows = source.rows("daily", code, ts_code=code, **span)
    return [(chosen.symbol, day(row["trade_date"]), *prices(row), plain(row["vol"], 100),
             plain(row["amount"], 1_000), 0) for row in rows]


def futures(chosen, source, code, span):
    if chosen.kind == "basics":
        row = one(source.rows("fut_basic", code, exchange=chosen.symbol.rpartition(".")[2],
                              fields="ts_code,name,multiplier,quote_unit_desc,list_date,delist_date"), code)
        tick = "".join(letter for letter in str(row["quote_unit_desc"]) if letter.isdigit() or letter == ".")
        return [(chosen.symbol, row["name"], plain(row["multiplier"]), tick, optional_day(row["list_date"]),
                 optional_day(row["delist_date"]))]
    if chosen.kind != "bars":
        return []
    if chosen.interval in MINUTES:
        rows = source.rows("ft_mins", code, MINUTES[chosen.interval], ts_code=code,
                           freq=MINUTES[chosen.interval], **minutes(chosen))
        return [(chosen.symbol, row["trade_time"], *prices(row), plain(row["vol"]), plain(row["amount"]),
                 plain(row["oi"])) for row in rows]
    rows = source.rows("fut_daily", code, ts_code=code, **span)
    return [(chosen.symbol, day(row["trade_date"]), *prices(row), plain(row["vol"]), plain(row["amount"], 10_000),
             plain(row["oi"])) for row in rows]


def minutes(chosen):
    return dict(start_date=chosen.first + " 00:00:00", end_date=chosen.last + " 23:59:59")


def prices(row):
    return tuple(plain(row[name]) for name in ("open", "high", "low", "close"))


def optional_day(text):
    return day(text) if text else ""


def one(rows, code):
    for row in rows:
        if row["ts_code"] == code:
            return row
    raise NoUse(f"{code} is not known to the source")


if __name__ == "__main__":
    main(__doc__, rows_of, ask)
