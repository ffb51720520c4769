public import Market

/// Which group, such as an industry, an instrument belongs to, and since when.
public struct Grouping: Hashable, Sendable {
  /// What an instrument without a group is in, together with all others that have none.
  public static let noGroup: Int32 = -1
  public static let none = Grouping(steps: [])

  public struct Step: Hashable, Sendable {
    public let from: TradingDay
    public let group: Int32

    public init(from: TradingDay, group: Int32) {
      self.from = from
      self.group = group
    }
  }

  /// By day; of two for the same day the later counts.
  private let steps: [Step]

  public init(steps: [Step]) {
    self.steps = steps.enumerated()
      .sorted { ($0.element.from, $0.offset) < ($1.element.from, $1.offset) }.map(\.element)
  }

  /// The group as it was on a day: a later change is not known before.
  public func group(on day: TradingDay) -> Int32 {
    steps.last { $0.from <= day }?.group ?? Grouping.noGroup
  }
}
