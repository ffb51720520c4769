/// When a continuous series leaves one contract for a later one.
public struct RollRule: Hashable, Sendable {
  /// What a later contract must have more of.
  public enum Basis: String, CaseIterable, Sendable {
    case openInterest = "open-interest"
    case volume
    /// Nothing: the next delivery takes over when the old one has to be left.
    case expiry
  }

  public let basis: Basis
  /// So many closes in a row must say the same.
  public let confirmDays: Int
  /// Trading days between the last day in a contract and the last on which it may be held at all.
  public let leaveDays: Int

  public init(_ basis: Basis = .openInterest, confirmDays: Int = 1, leaveDays: Int = 5) {
    precondition(confirmDays > 0 && leaveDays >= 0, "a roll is told by a close")
    self.basis = basis
    self.confirmDays = confirmDays
    self.leaveDays = leaveDays
  }

  /// One line that names the rule, for people and fingerprints.
  public var text: String {
    let basis =
      basis == .expiry
      ? "expiry" : "\(basis.rawValue), \(confirmDays) \(confirmDays == 1 ? "close" : "closes")"
    return "\(basis), left \(leaveDays) days before the end"
  }

  func measure(_ figures: ContractDays.Figures) -> Int64 {
    switch basis {
    case .openInterest: figures.openInterest
    case .volume: figures.volume
    case .expiry: 0
    }
  }
}
