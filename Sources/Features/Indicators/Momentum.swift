extension Vocabulary {
  /// How fast the price moves, and which way.
  static let momentum = [
    // Wilder's sums of new highs and of new lows, and how one-sided they are.
    Function("plusdm", .bars("bars"), is: "bars * wilder(rise(), bars)"),
    Function("minusdm", .bars("bars"), is: "bars * wilder(fall(), bars)"),
    Function(
      "dx", .bars("bars"),
      is: "ratio(100 * abs(plusdi(bars) - minusdi(bars)), plusdi(bars) + minusdi(bars), 0)"),
    Function("adxr", .bars("bars")) { plan, arguments in
      let bars = arguments.bars(0)
      // Over one bar there is nothing to look back to.
      return plan.lay(bars == 1 ? "adx(1)" : "(adx(\(bars)) + ref(adx(\(bars)), \(bars - 1))) / 2")
    },
    // The body's share of its bar: from −1, opened at the high and closed at the low, to 1.
    Function("bop", is: "ratio(close - open, high - low, 0)"),
    // Chande's oscillator: rises less falls over both, in the hundred.
    Function("cmo", .usual("x", .close), .bars("bars"), is: "2 * rsi(x, bars) - 100"),
    // The share of rising bodies in all bodies; 50 where there are none.
    Function(
      "imi", .bars("bars"),
      is: "ratio(100 * sum(larger(close - open, 0), bars), sum(abs(close - open), bars), 50)"),
    Function(
      "ppo", .usual("x", .close), .bars("fast"), .bars("slow"),
      is: "100 * ratio(macd(x, fast, slow), ema(x, slow), 0)"),
    // The change of a mean smoothed three times, in the hundred.
    Function(
      "trix", .usual("x", .close), .bars("bars"),
      is: "100 * change(ema(ema(ema(x, bars), bars), bars), 1)"),
    // Williams' share of buying pressure over three windows, the shortest the heaviest.
    Function(
      "pressure", .bars("bars"),
      is: "ratio(sum(close - smaller(low, ref(close, 1)), bars), sum(truerange(), bars), 0.5)"),
    Function(
      "ultosc", .bars("short"), .bars("middle"), .bars("long"),
      is: "100 / 7 * (4 * pressure(short) + 2 * pressure(middle) + pressure(long))"),
    // How far below the window's high the close stands: 0 at the high, −100 at the low.
    Function("willr", .bars("bars"), is: "100 * position(bars) - 100"),
  ]
}
