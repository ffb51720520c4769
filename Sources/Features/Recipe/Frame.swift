/// A longer bar made of the series' own bars, on which a part of a recipe may run.
///
/// A frame of minutes ends at whole multiples of its length since 1970 (UTC), so an hour of a market
/// whose clock is whole hours away ends when its clock strikes; a day ends with the trading day.
enum Frame: Hashable, Sendable {
  case minutes(Int)
  case day

  /// How a user writes it.
  var name: String {
    switch self {
    case .minutes(60): "hour"
    case .minutes(let count): "\(count) minutes"
    case .day: "day"
    }
  }
}

extension Vocabulary {
  /// Words whose argument runs on longer bars: their value is that of the last one closed.
  static let frames = [
    Function("minutes", .framed("x"), .bars("length")) {
      $0.frame(.minutes($1.bars(1)), $1.framed(0))
    },
    Function("hour", .framed("x")) { $0.frame(.minutes(60), $1.framed(0)) },
    Function("day", .framed("x")) { $0.frame(.day, $1.framed(0)) },
  ]
}

/// A part of a recipe that runs on longer bars.
struct FramedPlan: Sendable {
  let frame: Frame
  var plan = Plan()
}

extension Plan {
  /// The step that shows the value of a formula on the last closed bar of a frame.
  mutating func frame(_ frame: Frame, _ expression: Expression) -> Int {
    if !frames.contains(where: { $0.frame == frame }) { frames.append(FramedPlan(frame: frame)) }
    guard let place = frames.firstIndex(where: { $0.frame == frame }) else {
      preconditionFailure("the frame was added")
    }
    let column = frames[place].plan.output(expression)
    return add(
      .framed(
        place, column, isEndless: frames[place].plan.warmUps[column].isEndless))
  }
}

extension Operation {
  /// Written by whoever feeds the bars: a column of a frame. It is absent until all of its own
  /// memory has settled, counted in the frame's bars.
  static func framed(_ frame: Int, _ column: Int, isEndless: Bool) -> Operation {
    Operation(written: "framed", [Double(frame), Double(column)], silence: 1, isEndless: isEndless)
  }

  /// Which frame's which column it shows.
  var framed: (frame: Int, column: Int)? {
    begin == nil && name == "framed" ? (Int(numbers[0]), Int(numbers[1])) : nil
  }
}
