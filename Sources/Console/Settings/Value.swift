/// A setting's value after its text was understood, in the unit the program computes with.
public indirect enum Value: Hashable, Sendable {
  case text(String)
  case flag(Bool)
  case integer(Int)
  case number(Double)
  case ratio(Double)
  case duration(nanoseconds: Int64)
  case ticks(Int)
  case money(hundredths: Int64)
  case date(CivilDate)
  case timeOfDay(seconds: Int)
  case choice(String)
  /// The `null` of an optional kind.
  case nothing
  case list([Value])
  case table([Row])
  case section(Settings)

  /// A line of a table: the name that the person chose, and its value.
  public struct Row: Hashable, Sendable {
    public let name: String
    public let value: Value
  }
}

/// A day of the Gregorian calendar as written, without any idea of sessions or time zones.
public struct CivilDate: Hashable, Comparable, Sendable {
  public let year: Int
  public let month: Int
  public let day: Int

  /// Nil for a day that no calendar has.
  public init?(year: Int, month: Int, day: Int) {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1...9999).contains(year), (1...12).contains(month),
      (1...lengths[month - 1]).contains(day)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  public static func < (left: CivilDate, right: CivilDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}

/// Each of these traps on another kind: the program asks for what its own schema says.
extension Value {
  public var text: String { if case .text(let text) = self { text } else { wrongKind("text") } }
  public var flag: Bool { if case .flag(let flag) = self { flag } else { wrongKind("flag") } }
  public var integer: Int { if case .integer(let n) = self { n } else { wrongKind("integer") } }
  public var number: Double { if case .number(let x) = self { x } else { wrongKind("number") } }
  public var ratio: Double { if case .ratio(let x) = self { x } else { wrongKind("ratio") } }
  public var ticks: Int { if case .ticks(let n) = self { n } else { wrongKind("ticks") } }
  public var date: CivilDate { if case .date(let day) = self { day } else { wrongKind("date") } }
  public var choice: String {
    if case .choice(let name) = self { name } else { wrongKind("choice") }
  }
  public var list: [Value] { if case .list(let items) = self { items } else { wrongKind("list") } }
  public var table: [Row] { if case .table(let rows) = self { rows } else { wrongKind("table") } }
  public var section: Settings {
    if case .section(let settings) = self { settings } else { wrongKind("section") }
  }
  public var durationNanos: Int64 {
    if case .duration(let nanoseconds) = self { nanoseconds } else { wrongKind("duration") }
  }
  public var moneyHundredths: Int64 {
    if case .money(let hundredths) = self { hundredths } else { wrongKind("money") }
  }
  public var timeOfDaySeconds: Int {
    if case .timeOfDay(let seconds) = self { seconds } else { wrongKind("time of day") }
  }

  /// Nil for the `null` of an optional kind.
  public var orNil: Value? { self == .nothing ? nil : self }

  private func wrongKind(_ asked: String) -> Never {
    preconditionFailure("asked for \(asked), the setting holds \(self)")
  }
}
