extension Vocabulary {
  /// Ehlers' lines that follow the dominant cycle of the price.
  static let cycles = [
    // Weighted over four bars, each time anew: what stands still is still to the last bit.
    Function(
      "smoothed", .usual("x", .close),
      is: "(4 * x + 3 * ref(x, 1) + 2 * ref(x, 2) + ref(x, 3)) / 10"),
    // The dominant cycle's period in bars, and where in the cycle the price stands, in degrees.
    Function("cycle", .usual("x", .close)) { plan, arguments in
      plan.add(.phaseMeter(.period), plan.lay("smoothed(x)", arguments.bound(to: [.series("x")])))
    },
    Function("phase", .usual("x", .close)) { plan, arguments in
      plan.add(
        .phaseMeter(.phaseDegrees), plan.lay("smoothed(x)", arguments.bound(to: [.series("x")])))
    },
    // How fast the adaptive mean moves: the faster, the slower the phase turns.
    Function(
      "phaserate", .usual("x", .close), .share("fast"), .share("slow"),
      is: "larger(fast / larger(ref(phase(x), 1) - phase(x), 1), slow)"),
    Function("mama", .usual("x", .close), .share("fast"), .share("slow")) { plan, arguments in
      plan.adaptive(arguments, "x", "phaserate(x, fast, slow)")
    },
    // The adaptive mean of the adaptive mean, at half the speed.
    Function("fama", .usual("x", .close), .share("fast"), .share("slow")) { plan, arguments in
      plan.adaptive(arguments, "mama(x, fast, slow)", "phaserate(x, fast, slow) / 2")
    },
    // The mean over one dominant cycle, so that the cycle vanishes, smoothed over four bars.
    Function(
      "trendline", .usual("x", .close),
      is: "wma(mavp(x, smooth(cycle(x), 1, 0.33) + 0.5, 1, 50), 4)"),
  ]
}

extension Plan {
  fileprivate mutating func adaptive(
    _ arguments: Arguments, _ series: String, _ rate: String
  ) -> Int {
    let meanings = arguments.bound(to: [.series("x"), .share("fast"), .share("slow")])
    let least = min(arguments.number(1), arguments.number(2)) / 2
    return add(.adaptive(least: least), lay(series, meanings), lay(rate, meanings))
  }
}
