import Engine
import Fixtures
import Market
import Testing
import Trading
import VenuePaper

/// An exchange that lets no order go the first time it is asked.
private struct StubbornVenue: Venue {
  static var reachesOutside: Bool { false }

  private var inner = TestLoops.exchange(instruments: 1)
  private var asked: [OrderID] = []

  mutating func observe(_ event: Event, into events: inout [Event]) {
    inner.observe(event, into: &events)
  }

  mutating func perform(_ command: Command, at instant: Instant, into events: inout [Event]) {
    if case .cancel(let id) = command, !asked.contains(id) {
      asked.append(id)
      events.append(Event(at: instant, .cancelRefused(id)))
    } else {
      inner.perform(command, at: instant, into: &events)
    }
  }
}

@Suite struct RefusedCancelTests {
  private let strategy = Strategy.averageCross(
    AverageCross(fast: 5, slow: 20, lots: 30, instruments: 1))

  private func run(seed: UInt64) throws -> (records: [Record], desk: Desk) {
    var loop = TradingLoop(
      desk: TestLoops.desk(strategy, instruments: 1), venue: StubbornVenue(),
      forecaster: NoForecasts(), recorder: RecordList())
    try play(WalkMarket(seed: seed).tape, through: &loop)
    #expect(loop.desk.portfolio.isSound, "seed \(seed)")
    return (loop.recorder.records, loop.desk)
  }

  /// What the records tell of the orders at work and of the cancels they withstood.
  private struct Trail {
    var remaining: [OrderID: Int64] = [:]
    var kept: Set<OrderID> = []
    var askedAgain = 0

    /// Whether an order works on after its cancel was refused.
    var hasKept: Bool { kept.contains { remaining[$0] != nil } }

    mutating func take(_ record: Record) {
      switch record {
      case .command(.submit(let order), _): remaining[order.id] = order.lots
      case .command(.cancel(let id), _): askedAgain += kept.contains(id) ? 1 : 0
      case .caused(let event): take(event.kind)
      default: break
      }
    }

    private mutating func take(_ kind: Event.Kind) {
      switch kind {
      case .cancelRefused(let id): kept.insert(id)
      case .cancelled(let id), .expired(let id): remaining[id] = nil
      case .fill(let fill):
        remaining[fill.order, default: 0] -= fill.lots
        if remaining[fill.order] == 0 { remaining[fill.order] = nil }
      default: break
      }
    }
  }

  /// Until it has filled, gone or expired, an order is exposure: no other one is sent beside it, and it is asked
  /// back again.
  @Test func theOrderWorksOnAndIsAskedBackAgain() throws {
    var (refused, again) = (0, 0)
    for seed in UInt64(0)..<8 {
      var trail = Trail()
      for record in try run(seed: seed).records {
        if case .command(.submit, _) = record {
          #expect(!trail.hasKept, "seed \(seed): an order beside one that was not let go")
        }
        trail.take(record)
      }
      refused += trail.kept.count
      again += trail.askedAgain
    }
    #expect(refused > 10 && again > 5, "\(refused) refused, \(again) asked again")
  }

  @Test func aReplayTellsTheSame() throws {
    for seed in UInt64(0)..<4 {
      let (records, desk) = try run(seed: seed)
      let again = try replay(records, through: TestLoops.desk(strategy, instruments: 1))
      #expect(again.portfolio == desk.portfolio && again.blotter == desk.blotter, "seed \(seed)")
    }
  }
}
