#!/usr/bin/env python3
"""Fetches with akshare and prints the CSV that `data update` reads.

Stocks count volume in lots of a hundred there and are asked for as traded, not adjusted; futures and minutes
come from Sina. Needs `pip install akshare`, except with --recorded; made for akshare 1.19.5, whose functions it was
tried with.

  fetch_akshare.py bars 600000.SSE --interval 1d --from 2021-01-04 --until 2021-01-08
"""
from fetch_feed import NoUse, day, main, of_frame, plain

STOCKS = {"SSE": "sh", "SZSE": "sz", "BSE": "bj"}
FUTURES = ("SHFE", "INE", "DCE", "CZCE", "CFFEX", "GFEX")
US_NUMBERS = ("105", "106", "107")
MINUTES = {"1m": "1", "5m": "5", "15m": "15", "30m": "30", "1h": "60"}


def ask(function, arguments):
    try:
        import akshare
    except ImportError:
        raise NoUse("akshare is missing: pip install akshare") from None
    return of_frame(getattr(akshare, function)(**arguments))


def rows_of(chosen, source):
    if chosen.kind == "days":
        return days(chosen, source)
    code, _, exchange = chosen.symbol.rpartition(".")
    return {"basics": basics, "bars": bars, "factors": factors, "limits": limits}[chosen.kind](
        chosen, source, code, exchange)


def days(chosen, source):
    if chosen.symbol not in (*STOCKS, *FUTURES):
        return []
    return [(chosen.symbol, day(row["trade_date"])) for row in source.rows("tool_trade_date_hist_sina")]


def basics(chosen, source, code, exchange):
    if exchange in STOCKS:
        items = {row["item"]: row["value"] for row in source.rows("stock_individual_info_em", code, symbol=code)}
        lot = 200 if code.startswith("688") else 100
        return [(chosen.symbol, items["股票简称"], lot, "0.01", day(items["上市时间"]), "")]
    if exchange in FUTURES:
        items = {row["item"]: row["value"] for row in
                 source.rows("futures_contract_detail", code, symbol=code)}
        return [(chosen.symbol, items["交易品种"], leading(items["交易单位"]), leading(items["最小变动价位"]),
                 day(items["上市日期"]) if "上市日期" in items else "", "")]
    return []


def leading(text):
    """10 from "10吨/手"."""
    digits = ""
    for letter in str(text):
        if not (letter.isdigit() or letter == "."):
            break
        digits += letter
    return digits


def bars(chosen, source, code, exchange):
    minute = MINUTES.get(chosen.interval)
    compact = dict(start_date=chosen.first.replace("-", ""), end_date=chosen.last.replace("-", ""))
    if exchange in FUTURES:
        name = (code[:-4] + "0" if code.endswith("8888") else code).upper()
        if minute:
            rows = source.rows("futures_zh_minute_sina", name, minute, symbol=name, period=minute)
            return [futures_bar(chosen.symbol, row["datetime"], row) for row in rows]
        rows = source.rows("futures_zh_daily_sina", name, symbol=name)
        return [futures_bar(chosen.symbol, day(row["date"]), row) for row in rows]
    if exchange in STOCKS and minute:
        rows = source.rows("stock_zh_a_hist_min_em", code, minute, symbol=code, period=minute, adjust="",
                           start_date=chosen.first + " 09:30:00", end_date=chosen.last + " 15:00:00")
        return [stock_bar(chosen.symbol, row["时间"], row, 100) for row in rows]
    if minute:
        raise NoUse(f"akshare gives no minutes of {chosen.symbol}; leave them out of the feed's intervals")
    words = dict(period="daily", adjust="", **compact)
    if exchange == "US":
        rows, lot = us_rows(source, code, words), 1
    elif exchange == "HKEX":
        rows, lot = source.rows("stock_hk_hist", code, symbol=code, **words), 1
    else:
        rows, lot = source.rows("stock_zh_a_hist", code, symbol=code, **words), 100
    return [stock_bar(chosen.symbol, day(row["日期"]), row, lot) for row in rows]


def us_rows(source, code, words):
    """The source puts a number for the exchange before the code; its list of all codes takes minutes."""
    for number in US_NUMBERS:
        name = f"{number}.{code}"
        try:
            return source.rows("stock_us_hist", name, symbol=name, **words)
        except TypeError:  # the library's answer where the server knows no such code
            continue
    raise NoUse(f"{code} is not among the US stocks of the source")


def stock_bar(symbol, stamp, row, lot):
    return (symbol, stamp, *(plain(row[name]) for name in ("开盘", "最高", "最低", "收盘")),
            plain(row["成交量"], lot), plain(row["成交额"]), 0)


def futures_bar(symbol, stamp, row):
    prices = (plain(row[name]) for name in ("open", "high", "low", "close"))
    return (symbol, stamp, *prices, plain(row["volume"]), 0, plain(row["hold"]))


def factors(chosen, source, code, exchange):
    """What a price of the day is multiplied with to be compared with later ones: from 1 upward over time."""
    if exchange not in STOCKS:
        return []
    name = STOCKS[exchange] + code
    rows = source.rows("stock_zh_a_daily", name, "hfq-factor", symbol=name, adjust="hfq-factor")
    return [(chosen.symbol, max(day(row["date"]), "1990-01-01"), plain(row["hfq_factor"])) for row in rows]


def limits(chosen, source, code, exchange):
    """akshare has no history of price limits; the rule book knows them."""
    return []


if __name__ == "__main__":
    main(__doc__, rows_of, ask)
