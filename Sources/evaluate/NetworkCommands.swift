import Bytes
import Console
import Features
import Market
import ModelStore
import Models
import Numerics
import Reporting
import Research
import Workbench

extension Command {
  static let explain = Command(
    "explain", "Show what forecasts, or a run's orders, owe to each feature",
    about: """
      Of a journal: why each order was sent, with forecast, gate, version and the features that moved it \
      most; --order N tells one in full. The run's forecasts are made anew from its bars and its version \
      and must have the bits that are recorded, and its desk must decide the same: else it is refused, \
      for what is shown is what decided. Of a version: takes the rows that it is proved by, the latest it learned from. Of trees and lines each \
      forecast is parted among the features (Shapley's values; weight times value), so that the parts \
      sum to it; a forest learned with forest.quantiles tells the outcome's quantiles too. Of a network it asks of each number of its window what the forecast would be without \
      it (occlusion), and what the way from nothing to it adds (integrated gradients); means over the \
      windows are drawn as a map of features and lags.
      """,
    flags: [
      Flag("order", value: "N", "Of a journal, this order alone and in full."),
      Flag(
        "page", value: "FILE", "Of a version, where the maps are drawn.",
        shownDefault: "runs/explain.html"),
      .models,
    ],
    operands: [Operand("WHAT", "A journal of runs/, or a version.", accepts: .file)],
    examples: [
      Example("explain champion", "Where its forecasts come from"),
      Example("explain runs/demo.journal", "Why the demo's orders were sent"),
      Example("explain runs/demo.journal --order 3", "All that decided one of them"),
    ]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    let word = invocation.operand("WHAT") ?? ""
    if isJournal(word) { return try orders(word, work, invocation) }
    guard !invocation.has("order") else {
      throw invocation.usageFailure("--order is for journals; \(word) is a version")
    }
    let model = try work.proven(word)
    let windows = try work.probeWindows(of: model)
    let path = invocation.text("page") ?? "\(work.runsFolder)/explain.html"
    if let parts = RowParts(model, windows) {
      let page = Page(
        "What the forecasts of \(model.version.name) owe",
        subtitle: "the latest \(windows.count) rows it learned from", sections: parts.sections)
      try writeFile(Array(page.html().utf8), to: path)
      if invocation.terminal.isJSON {
        invocation.terminal.print(["page": .text(path), "shares": parts.json])
        return .ok
      }
      invocation.terminal.print(parts.table)
      if let table = parts.quantileTable { invocation.terminal.print(table) }
      invocation.terminal.print("→ \(path)\n")
      return .ok
    }
    let networks = try model.networks()
    let occluded = Explanation(model.trained.recipe.names, windows.map { networks.occlusion($0) })
    let integrated = Explanation(
      model.trained.recipe.names, windows.map { networks.integratedGradients($0) })
    let page = Page(
      "What the forecasts of \(model.version.name) owe",
      subtitle: "means over \(windows.count) windows; left is the oldest bar",
      sections: [
        Section("Occlusion", [.heat(occluded.map("Change where a number is hidden"))]),
        Section("Integrated gradients", [.heat(integrated.map("Share along the way"))]),
      ])
    try writeFile(Array(page.html().utf8), to: path)
    if invocation.terminal.isJSON {
      invocation.terminal.print(["page": .text(path), "shares": integrated.json])
      return .ok
    }
    invocation.terminal.print(integrated.table(beside: occluded))
    invocation.terminal.print("→ \(path)\n")
    return .ok
  }
}

extension Command {
  /// Whether a word is a run's journal rather than a version.
  static func isJournal(_ word: String) -> Bool {
    isFile(word) || word.contains("/") || word.hasSuffix(".journal")
  }

  private static func orders(
    _ path: String, _ work: WorkSettings, _ invocation: Invocation
  ) throws(Failure) -> ExitCode {
    guard !invocation.has("page") else {
      throw invocation.usageFailure("--page is for versions; \(path) is a journal")
    }
    let order = try invocation.integer("order", in: 1...Int.max)
    let parts = try OrderParts(
      try RunReasons(try RecordedJournal(path), work), order: order, path)
    if invocation.terminal.isJSON {
      invocation.terminal.print(parts.json)
      return .ok
    }
    if order == nil {
      invocation.terminal.print(parts.list)
    } else {
      for page in parts.pages {
        invocation.terminal.print(page.decision)
        if let features = page.features { invocation.terminal.print(features) }
      }
    }
    invocation.terminal.say(parts.proof)
    return .ok
  }
}

extension ProvenModel {
  func networks() throws(Failure) -> NetworkEnsemble {
    guard case .network(let networks) = trained.model else {
      throw Failure(
        .usage, "version \(version.name) is a model of kind \(trained.model.name), not a network",
        remedy: "train fit --model lstm makes one.")
    }
    return networks
  }
}

extension WorkSettings {
  /// The windows a version is proved by, scaled.
  func probeWindows(of model: ProvenModel) throws(Failure) -> [[Float]] {
    do {
      let probe = try Probe(decoding: try store.load(model.version)[.probe])
      let width = model.trained.recipe.count
      return (0..<probe.rows.rows).map { row in
        var window = (0..<probe.rows.columns).map { probe.rows[row, $0] }
        for start in stride(from: 0, to: window.count, by: width) {
          var bar = Array(window[start..<start + width])
          model.trained.scaler.apply(to: &bar)
          window.replaceSubrange(start..<start + width, with: bar)
        }
        return window
      }
    } catch { throw Failure(.store, "\(error)") }
  }
}

/// Mean shares by feature and lag.
private struct Explanation {
  let names: [String]
  /// By feature, then by bar, the oldest first.
  let shares: [[Double]]

  init(_ names: [String], _ windows: [WindowShares]) {
    self.names = names
    let bars = windows.first?.window ?? 0
    shares = names.indices.map { feature in
      (0..<bars).map { bar in
        windows.reduce(0) { $0 + $1[bar, feature] } / Double(max(1, windows.count))
      }
    }
  }

  /// The map, brought to −1…1 by its strongest cell.
  func map(_ title: String) -> HeatMap {
    let most = shares.joined().reduce(0) { max($0, abs($1)) }
    let bars = shares.first?.count ?? 0
    return HeatMap(
      title, rows: names, columns: (0..<bars).map { "\(bars - 1 - $0) bars ago" },
      values: shares.map { $0.map { most > 0 ? $0 / most : 0 } })
  }

  private var sizes: [Double] { shares.map { $0.reduce(0) { $0 + abs($1) } } }

  /// Features by how much they move forecasts, in basis points.
  func table(beside other: Explanation) -> Console.Table {
    var table = Console.Table(
      .text("feature"), .number("integrated bp"), .number("occlusion bp"))
    for place in names.indices.sorted(by: { (-sizes[$0], $0) < (-sizes[$1], $1) }) {
      table.add(
        names[place], DoubleText.fixed(sizes[place] * 10_000, decimals: 3),
        DoubleText.fixed(other.sizes[place] * 10_000, decimals: 3))
    }
    return table
  }

  var json: JSON {
    .object(zip(names, shares).map { JSON.Member($0, .list($1.map { .number($0) })) })
  }
}
