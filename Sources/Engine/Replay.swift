import Market
public import Trading

/// The first place where two tellings of a run differ.
public struct Divergence: Error, Hashable, Sendable {
  /// The number of the record, from 0.
  public let index: Int
  public let recorded: Record?
  public let replayed: Record?

  public init(index: Int, recorded: Record?, replayed: Record?) {
    self.index = index
    self.recorded = recorded
    self.replayed = replayed
  }
}

/// Steps a fresh desk through recorded events, forecasts and reports included, and compares what it decides.
///
/// Returns the desk as it stood at the end of the records. `watching` hears of every step: the event, the desk
/// after it, and what it decided.
public func replay(
  _ records: [Record], through fresh: Desk,
  watching: (Event, Desk, Decisions) -> Void = { _, _, _ in }
) throws(Divergence) -> Desk {
  var desk = fresh
  var decisions = Decisions()
  var told: [Record] = []
  var next = 0
  for (index, record) in records.enumerated() {
    switch record {
    case .taken(let event), .caused(let event):
      guard next == told.count else {
        throw Divergence(index: index, recorded: record, replayed: told[next])
      }
      desk.step(event, into: &decisions)
      watching(event, desk, decisions)
      told = decisions.records(at: event.at)
      next = 0
      decisions.clear()
    case .command, .denial, .alarm:
      guard next < told.count, told[next] == record else {
        throw Divergence(
          index: index, recorded: record, replayed: next < told.count ? told[next] : nil)
      }
      next += 1
    }
  }
  guard next == told.count else {
    throw Divergence(index: records.count, recorded: nil, replayed: told[next])
  }
  return desk
}

extension Decisions {
  /// The records a loop writes for these decisions, in its order.
  func records(at instant: Instant) -> [Record] {
    alarms.map { .alarm($0, at: instant) } + denials.map { .denial($0, at: instant) }
      + commands.map { .command($0, at: instant) }
  }
}
