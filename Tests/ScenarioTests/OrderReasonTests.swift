import Engine
import Fixtures
import Foundation
import Testing
import Trading
import Workbench

/// Why orders were sent, from the journal of a run.
@Suite struct OrderReasonTests {
  private static let trees =
    "--model trees --folds 2 --set trees.rounds=40 --set trees.rate=0.2 --until 2020-02-28"
  private static let enter = "--set strategy.enter=2bp --set strategy.trail=null"

  private struct Told {
    let all: [String: Any]
    let orders: [[String: Any]]

    init(_ answer: Workplace.Answer) throws {
      all = try answer.object()
      orders = try #require(all["orders"] as? [[String: Any]])
    }
  }

  private func number(_ order: [String: Any], _ name: String) throws -> Double {
    try #require(order[name] as? Double, "\(name) of \(order)")
  }

  /// The parts add up to the forecast; the size of the largest.
  private func strongestPart(_ order: [String: Any]) throws -> Double {
    let (forecast, start) = try (number(order, "forecast"), number(order, "start"))
    let parts = try #require(order["parts"] as? [String: [String: Double]]).values
    let sum = parts.reduce(start) { $0 + ($1["part"] ?? 0) }
    let rest = try number(order, "rest")
    #expect(abs(sum - forecast) < 1e-6 && abs(rest) < 1e-9, "\(order)")
    return parts.map { abs($0["part"] ?? 0) }.max() ?? 0
  }

  /// Whether it was sent to enter; the forecast met the gate that it is told of.
  private func passesGate(_ order: [String: Any]) throws -> Bool {
    let (forecast, gate) = try (number(order, "forecast"), number(order, "threshold"))
    let isBuy = order["side"] as? String == "buy"
    guard order["why"] as? String == "enter" else {
      #expect(order["why"] as? String == "exit", "\(order)")
      #expect(isBuy ? forecast >= gate : forecast <= gate, "\(order)")
      return false
    }
    #expect(gate == (isBuy ? 2e-4 : -2e-4))
    #expect(isBuy ? forecast > gate : forecast < gate, "\(order)")
    return true
  }

  @Test func ofTreesEveryOrderIsPartedAmongItsFeatures() throws {
    let place = Workplace()
    try place.run("data make --until 2020-03-31")
    try place.run("train fit \(Self.trees)")
    try place.run("evaluate promote 1 --reason first")
    try place.run("run demo \(Self.enter)")
    // The settings of the run count, not those of the moment.
    let told = try Told(place.run("evaluate explain runs/demo.journal --json"))
    let version = try place.run("evaluate show 1 --json").object()["id"] as? String
    #expect(told.all["version"] as? String == version)
    let records = try RecordedJournal(place.path("runs/demo.journal")).records
    let (sent, believed) = records.reduce(into: (0, 0)) { counts, record in
      if case .command(.submit, _) = record { counts.0 += 1 }
      if case .caused(let event) = record, case .forecast = event.kind { counts.1 += 1 }
    }
    #expect(told.orders.count == sent && sent > 10)
    #expect(told.all["forecasts_made_anew"] as? Int == believed && believed > 1_000)
    var (entered, strongest) = (0, 0.0)
    for order in told.orders {
      strongest = max(strongest, try strongestPart(order))
      if try passesGate(order) { entered += 1 }
    }
    #expect(entered > 5 && strongest > 1e-4)

    let list = try place.run("evaluate explain runs/demo.journal")
    #expect(
      list.output.contains("strongest parts") && list.talk.contains("the bits that are recorded"))
    let one = try place.run("evaluate explain runs/demo.journal --order 1")
    for word in ["before anything is known", "forecast", "gate", "enter", "version"] {
      #expect(one.output.contains(word), "\(word): \(one.output)")
    }
    #expect(place.answer("evaluate explain runs/demo.journal --order 100000").exitCode == 2)
    #expect(place.answer("evaluate explain 1 --order 1").exitCode == 2)

    // What is shown must be what decided: with other bars before the run it is refused.
    try place.run("data make --archive other.sqlite --seed 2 --until 2020-03-31")
    let other = place.answer(
      "evaluate explain runs/demo.journal --set paths.archive=other.sqlite")
    #expect(other.exitCode == 1 && other.talk.contains("made anew"), "\(other.talk)")
    #expect(other.talk.contains("other bars"), "\(other.talk)")
  }

  /// A strategy that asks no model still tells why, and needs no bars for it.
  @Test func averagesNeedNoModel() throws {
    let place = Workplace()
    try place.run("data make --until 2020-01-31")
    try place.run("run demo --set strategy.kind=average_cross")
    let told = try Told(
      place.run("evaluate explain runs/demo.journal --set paths.archive=none --json"))
    #expect(told.orders.count > 5 && told.all["version"] is NSNull)
    #expect(told.orders.allSatisfy { $0["why"] as? String == "averages crossed" })
  }
}
