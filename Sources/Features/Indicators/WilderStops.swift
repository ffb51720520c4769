extension Vocabulary {
  /// The parabolic stop as Wilder wrote it.
  static let wilderStops = [
    Function("parabolic", .number("step"), .number("limit")) { plan, arguments in
      let (step, limit) = (arguments.number(0), arguments.number(1))
      let pace = WilderStop.Pace(first: min(step, limit), step: step, limit: limit)
      return plan.add(
        .wilderStop(pace, pace, isSigned: false), plan.add(.input(.high)), plan.add(.input(.low)))
    },
    // Every choice there is; negative while short.
    Function(
      "parabolicext", .number("start"), .number("offset"), .number("longfirst"),
      .number("longstep"), .number("longlimit"), .number("shortfirst"), .number("shortstep"),
      .number("shortlimit")
    ) { plan, arguments in
      let pace = { (place: Int) in
        let limit = arguments.number(place + 2)
        return WilderStop.Pace(
          first: min(arguments.number(place), limit), step: min(arguments.number(place + 1), limit),
          limit: limit)
      }
      return plan.add(
        .wilderStop(
          pace(2), pace(5), start: arguments.number(0), offset: arguments.number(1), isSigned: true),
        plan.add(.input(.high)), plan.add(.input(.low)))
    },
  ]
}
