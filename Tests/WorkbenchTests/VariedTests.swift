import Console
import Foundation
import Testing
import Training

@testable import Workbench

@Suite struct VariedTests {
  private func work(_ changes: [(key: String, text: String)] = []) throws -> WorkSettings {
    let home = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().path
    return try WorkSettings.shipped(Home(folder: home)).changing(changes)
  }

  private func texts(_ key: String, _ text: String) throws -> [String] {
    let varied = try Varied(key, text, in: work())
    return [0, 0.5, 1].map { varied.text(at: $0) }
  }

  @Test func placesBecomeTextsInTheirUnits() throws {
    #expect(try texts("trees.leaves", "7..63") == ["7", "35", "63"])
    #expect(try texts("trees.rate", "1%..9%") == ["1%", "5%", "9%"])
    #expect(try texts("trees.rate", "1%..4%:log") == ["1%", "2%", "4%"])
    #expect(try texts("strategy.enter", "1bp..3bp") == ["1bp", "2bp", "3bp"])
    #expect(try texts("trees.l2", "0..5") == ["0", "2.5", "5"])
    #expect(
      try texts("execution.aggression", "1 tick..3 ticks") == ["1 tick", "2 ticks", "3 ticks"])
    #expect(
      try texts("features.recipe", "stationary,minute") == ["stationary", "minute", "minute"])
    #expect(try texts("features.select", "null,10,20") == ["null", "10", "20"])
    let grid = try Varied("trees.rate", "1%..3%:3", in: work())
    #expect(grid.axis.steps == 3)
  }

  /// Every text that a search proposes is a setting that is taken.
  @Test func whatIsProposedIsTaken() throws {
    let work = try work([
      (
        "search.over",
        "{trees.rate: \"0.3%..9.7%:log\", trees.l2: \"0.001..50:log\", label.horizon: \"1,5\"}"
      ), ("search.method", "random"), ("search.trials", "60"),
    ])
    let varied = try work.varied()
    var search = try work.search(varied)
    while !search.isFinished {
      for proposal in search.open {
        let changes = zip(varied, proposal.places).map { ($0.key, $0.text(at: $1)) }
        let changed = try work.changing(changes)
        #expect((0.003...0.097).contains(changed.settings.ratio("trees.rate")))
        #expect((0.001...50).contains(changed.settings.number("trees.l2")))
        search.tell(proposal.number, 0)
      }
    }
  }

  @Test func aPlansLinesGiveTheSameSettings() throws {
    let work = try work([
      ("data.symbols", "[rb2105.SHFE, ag2106.SHFE]"), ("data.as_of", "2020-01-31 15:00"),
      ("features.select", "null"), ("search.over", "{trees.rate: \"1%..5%:log\"}"),
      ("paths.runs", "elsewhere"),
    ])
    let planned = try self.work([("paths.runs", "here")]).planned(work.plannedLines)
    #expect(planned.settings.text("paths.runs") == "here")
    for entry in work.settings.entries where !entry.key.hasPrefix("paths.") {
      #expect(planned.settings[entry.key] == entry.value, "\(entry.key)")
    }
    let sealed = try self.work().sealed(work.settingsText + "gone.setting: 5\n")
    for entry in work.settings.entries
    where !entry.key.hasPrefix("paths.") && !entry.key.hasPrefix("search.") {
      #expect(sealed.settings[entry.key] == entry.value, "\(entry.key)")
    }
  }
}
