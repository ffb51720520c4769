public import Console
public import Features
public import Market

/// Who belongs to which group, such as an industry: a table with the columns `symbol` and `group`, and `from`
/// where groups change, as they do. What stands further down for the same day counts.
public struct GroupFile: Sendable {
  public static let none = GroupFile(groups: [:])
  private let groups: [Symbol: Grouping]

  /// Reads a file; without one nobody has a group.
  public static func read(_ path: String?) throws(Failure) -> GroupFile {
    guard let path else { return .none }
    return try GroupFile(path: path, text: readText(path))
  }

  init(path: String, text: String) throws(Failure) {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let cells = { (line: Substring) in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let heads = cells(lines.first ?? "")
    guard heads == ["symbol", "group"] || heads == ["symbol", "group", "from"] else {
      throw Failure(
        .data,
        "\(path):1: found \"\(lines.first ?? "")\", expected symbol,group or symbol,group,from")
    }
    var names: [String] = []
    var steps: [Symbol: [Grouping.Step]] = [:]
    for (number, line) in lines.enumerated().dropFirst() where !line.isEmpty {
      let row = cells(line)
      let from = heads.count == 3 && row.count == 3 ? TradingDay(row[2]) : TradingDay(days: .min)
      guard row.count == heads.count, let symbol = Symbol(row[0]), !row[1].isEmpty, let from else {
        throw Failure(
          .data,
          "\(path):\(number + 1): found \"\(line)\", expected such as "
            + (heads.count == 3 ? "600000.SSE,banks,2020-01-02" : "600000.SSE,banks"))
      }
      if !names.contains(row[1]) { names.append(row[1]) }
      let group = Int32(names.firstIndex(of: row[1]) ?? 0)
      steps[symbol, default: []].append(Grouping.Step(from: from, group: group))
    }
    groups = steps.mapValues { Grouping(steps: $0) }
  }

  private init(groups: [Symbol: Grouping]) { self.groups = groups }

  /// Those that are not in the file are one group.
  public func grouping(of symbol: Symbol) -> Grouping { groups[symbol] ?? .none }
}
