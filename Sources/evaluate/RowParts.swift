import Bytes
import Console
import Features
import Models
import Numerics
import Reporting
import Research
import Workbench

/// What each feature adds to single forecasts of a model that reads one row: Shapley's values of trees, weight
/// times value of a line. With what is forecast before anything is known they sum to the forecast.
struct RowParts {
  private let names: [String]
  private let forecasts: [Double]
  /// By row, the latest last, then by feature; as returns.
  private let parts: [[Double]]
  /// By row, where a forest kept labels for them; else empty.
  private let quantiles: [[Double]]

  /// The quantiles that are told.
  static let shares = [0.05, 0.5, 0.95]
  private static let shareNames = ["5 %", "50 %", "95 %"]

  /// `nil` where the model does not tell.
  init?(_ model: ProvenModel, _ rows: [[Float]]) {
    let width = model.trained.recipe.count
    let worth = model.trained.worth
    var matrix = FloatMatrix(rows: rows.count, columns: width)
    for (row, values) in rows.enumerated() {
      for column in 0..<width { matrix[row, column] = values[column] }
    }
    guard let found = model.trained.model.contributions(matrix) else { return nil }
    names = model.trained.recipe.names
    forecasts = model.trained.model.predict(matrix).map { $0 * worth }
    parts = rows.indices.map { row in (0..<width).map { found[row, $0] * worth } }
    quantiles = rows.compactMap { row in
      model.trained.model.quantiles(row, Self.shares)?.map { $0 * worth }
    }
  }

  /// What was forecast before anything was known: the same for every row.
  private var start: Double {
    guard let last = forecasts.last, let own = parts.last else { return 0 }
    return last - own.reduce(0, +)
  }

  /// The mean size of each feature's part.
  private var sizes: [Double] {
    names.indices.map { column in
      parts.reduce(0) { $0 + abs($1[column]) } / Double(max(1, parts.count))
    }
  }

  private func order(_ amounts: [Double]) -> [Int] {
    amounts.indices.sorted { (-abs(amounts[$0]), $0) < (-abs(amounts[$1]), $1) }
  }

  private static let shown = 30

  var sections: [Section] {
    func list(_ title: String, _ amounts: [Double]) -> Block {
      let order = order(amounts).prefix(Self.shown)
      return .ranks(
        BarList(
          title, names: order.map { names[$0] }, values: order.map { amounts[$0] * 10_000 }))
    }
    return [
      Section(
        "The latest forecast",
        [
          .paragraphs(
            [
              "\(basisPoints(start)) bp before anything is known, \(basisPoints(forecasts.last ?? 0)) bp "
                + "in the end; the parts are what lies between."
            ] + (latestQuantiles.map { [$0] } ?? [])),
          list("Part of each feature in basis points", parts.last ?? []),
        ]),
      Section(
        "All of the latest rows",
        [list("Mean size of each feature's part in basis points", sizes)]),
    ]
  }

  private var latestQuantiles: String? {
    quantiles.last.map { latest in
      "The outcome's quantiles: "
        + zip(Self.shareNames, latest).map { "\($0) at \(basisPoints($1)) bp" }
        .joined(separator: ", ") + "."
    }
  }

  private static let listed = 10

  /// The latest rows' forecasts with their quantiles; `nil` where there are none.
  var quantileTable: Console.Table? {
    guard !quantiles.isEmpty else { return nil }
    var table = Console.Table(
      [.number("rows ago"), .number("forecast bp")] + Self.shareNames.map { .number($0) })
    for row in forecasts.indices.suffix(Self.listed) {
      table.add(
        ["\(forecasts.count - 1 - row)", basisPoints(forecasts[row])]
          + quantiles[row].map(basisPoints))
    }
    return table
  }

  var table: Console.Table {
    var table = Console.Table(.text("feature"), .number("latest bp"), .number("mean size bp"))
    let last = parts.last ?? []
    for place in order(sizes) {
      table.add(names[place], basisPoints(last[place]), basisPoints(sizes[place]))
    }
    return table
  }

  var json: JSON {
    [
      "start": .number(start), "forecasts": .list(forecasts.map { .number($0) }),
      "parts": .object(
        names.indices.map { column in
          JSON.Member(names[column], .list(parts.map { .number($0[column]) }))
        }),
      "quantiles": quantiles.isEmpty
        ? .null
        : .object(
          Self.shareNames.indices.map { place in
            JSON.Member(
              Self.shareNames[place], .list(quantiles.map { .number($0[place]) }))
          }),
    ]
  }

  private func basisPoints(_ value: Double) -> String {
    DoubleText.fixed(value * 10_000, decimals: 3)
  }
}
