public import Console
public import Training

/// A setting that a search varies, as a person writes it: `trees.leaves=7..63`, `trees.rate=1%..10%:log`,
/// `features.recipe=stationary,minute`.
public struct Varied: Sendable {
  public let key: String
  /// What was written behind the key.
  public let text: String
  public let axis: SearchAxis
  private let form: Form

  /// How a number of the axis becomes the text of a setting.
  private enum Form {
    case choices([String])
    case number(Kind, unit: @Sendable (Double) -> Value)
  }

  /// Settings that decide which bars there are, or where things lie, are the experiment's frame.
  private static let frame = ["paths.", "data.", "roll.", "search.", "account."]

  public init(_ key: String, _ text: String, in work: WorkSettings) throws(Failure) {
    let keys = work.settings.entries.map(\.key)
    guard keys.contains(key) else {
      let meant = suggestion(for: key, among: keys).map { " (did you mean \"\($0)\"?)" } ?? ""
      throw Failure(.usage, "there is no setting \"\(key)\" to vary\(meant)")
    }
    guard !Self.frame.contains(where: key.hasPrefix) else {
      throw Failure(.usage, "\(key) cannot be varied: trials would not be of the same market")
    }
    self.key = key
    self.text = text
    if let range = try Self.range(key, text, work) {
      (axis, form) = range
    } else {
      (axis, form) = try Self.choices(key, text, work)
    }
  }

  /// The setting's text at a place of the axis.
  public func text(at place: Double) -> String {
    let value = axis.value(at: place)
    switch form {
    case .choices(let choices): return choices[Int(value)]
    case .number(let kind, let unit): return unit(value).text(as: kind)
    }
  }
}

extension Varied {
  /// Values named one by one.
  private static func choices(
    _ key: String, _ text: String, _ work: WorkSettings
  ) throws(Failure) -> (SearchAxis, Form) {
    let words = text.split(separator: ",", omittingEmptySubsequences: false).map {
      String($0.drop { $0 == " " })
    }
    for word in words { _ = try work.resolving([(key, word)]) }
    guard Set(words).count == words.count else {
      throw Failure(.usage, "\(key)=\(text): a value stands there twice")
    }
    return (try axis(key, .choice(of: words.count), steps: nil), .choices(words))
  }

  /// `LOW..HIGH`, then `:log` for equal ratios and `:N` for the steps of a grid; `nil` if it is no range.
  private static func range(
    _ key: String, _ text: String, _ work: WorkSettings
  ) throws(Failure) -> (SearchAxis, Form)? {
    guard let dots = text.firstRange(of: "..") else { return nil }
    let rest = text[dots.upperBound...].split(separator: ":", omittingEmptySubsequences: false)
    var (isLogarithmic, steps): (Bool, Int?) = (false, nil)
    for word in rest.dropFirst() {
      if word == "log" {
        isLogarithmic = true
      } else if let count = Int(word) {
        steps = count
      } else {
        throw Failure(
          .usage, "\(key)=\(text): expected LOW..HIGH, then :log or the number of steps")
      }
    }
    let ends = try [String(text[..<dots.lowerBound]), String(rest.first ?? "")].map {
      word throws(Failure) in try work.resolving([(key, word)])[key]
    }
    guard let found = values(ends[0], ends[1], isLogarithmic) else {
      throw Failure(
        .usage, "\(key)=\(text): a range needs two numbers, the lower one first",
        remedy: "Name the values one by one: \(key)=A,B,C")
    }
    let form = Form.number(work.settings.entry(key).kind, unit: found.1)
    return (try axis(key, found.0, steps: steps), form)
  }

  private static func values(
    _ low: Value, _ high: Value, _ isLogarithmic: Bool
  ) -> (SearchAxis.Values, @Sendable (Double) -> Value)? {
    switch (low, high) {
    case (.integer(let low), .integer(let high)) where low <= high:
      return (.whole(low...high, isLogarithmic: isLogarithmic), { .integer(Int($0)) })
    case (.ticks(let low), .ticks(let high)) where low <= high:
      return (.whole(low...high, isLogarithmic: isLogarithmic), { .ticks(Int($0)) })
    case (.ratio(let low), .ratio(let high)) where low <= high:
      return (continuous(low...high, isLogarithmic), { .ratio(rounded($0, low...high)) })
    case (.number(let low), .number(let high)) where low <= high:
      return (continuous(low...high, isLogarithmic), { .number(rounded($0, low...high)) })
    default: return nil
    }
  }

  private static func continuous(
    _ range: ClosedRange<Double>, _ isLogarithmic: Bool
  ) -> SearchAxis.Values {
    isLogarithmic ? .logarithmic(range) : .linear(range)
  }

  /// Four figures are as many as anyone wants to read; the ends stay what they are.
  private static func rounded(_ value: Double, _ range: ClosedRange<Double>) -> Double {
    guard value != 0 else { return 0 }
    var scale = 1.0
    while abs(value * scale) < 1_000 { scale *= 10 }
    while abs(value * scale) >= 10_000 { scale /= 10 }
    return min(range.upperBound, max(range.lowerBound, (value * scale).rounded() / scale))
  }

  private static func axis(
    _ key: String, _ values: SearchAxis.Values, steps: Int?
  ) throws(Failure) -> SearchAxis {
    do {
      return try SearchAxis(key, values, steps: steps ?? SearchAxis.usualSteps)
    } catch { throw Failure(.usage, "\(error)") }
  }
}
