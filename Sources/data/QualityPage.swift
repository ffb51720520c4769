import Archive
import Bars
import Console
import Market

/// What the gate found, for people, for programs and for a spreadsheet.
struct QualityPage {
  let series: String
  let bars: Int
  let days: [DayQuality]
  let zone: Zone
  /// What people decided and still holds.
  let decisions: [Decision]

  /// The grade, and what a person made of it.
  private func grade(_ day: DayQuality) -> String {
    let verdict = decisions.first { $0.day == day.day }?.verdict.rawValue
    return day.grade.rawValue + (verdict.map { ", \($0)" } ?? "")
  }

  /// Whether a day is worse than `grade` and nobody has decided on it.
  func isWorse(than grade: Grade) -> Bool {
    days.contains { day in
      day.grade > grade && !decisions.contains { $0.day == day.day }
    }
  }

  func count(_ grade: Grade) -> Int { days.filter { $0.grade == grade }.count }

  /// The findings of each day that has some, the worst grade shown with each of its rows.
  var table: Table {
    var table = Table(
      .text("day"), .text("grade"), .number("bars"), .text("fault"), .text("from"), .prose("what"))
    for day in days {
      for finding in day.findings {
        table.add(
          day.day.description, grade(day), "\(day.bars)", finding.fault.rawValue,
          clock(finding), finding.detail)
      }
    }
    return table
  }

  var json: JSON {
    [
      "series": .text(series), "days": .integer(days.count),
      "grades": [
        "A": .integer(count(.a)), "B": .integer(count(.b)), "C": .integer(count(.c)),
        "D": .integer(count(.d)),
      ],
      "findings": .list(
        days.flatMap { day in
          day.findings.map { finding in
            [
              "day": .text(day.day.description), "grade": .text(day.grade.rawValue),
              "bars": .integer(day.bars), "expected": .integer(day.expected),
              "fault": .text(finding.fault.rawValue), "from": .text(clock(finding)),
              "what": .text(finding.detail),
            ]
          }
        }),
    ]
  }

  static let csvHeader = "series,day,grade,bars,expected,fault,from,what\n"

  /// A row for every finding, and one for every day without.
  var csv: String {
    days.map { day in
      let start = "\(series),\(day.day),\(day.grade.rawValue),\(day.bars),\(day.expected),"
      guard !day.findings.isEmpty else { return start + ",,\n" }
      return day.findings.map { "\(start)\($0.fault.rawValue),\(clock($0)),\"\($0.detail)\"\n" }
        .joined()
    }.joined()
  }

  private func clock(_ finding: Finding) -> String {
    guard let closedAt = finding.closedAt else { return "" }
    let (_, seconds) = zone.local(closedAt)
    let pad = { (value: Int64) in value < 10 ? "0\(value)" : "\(value)" }
    return "\(pad(seconds / 3_600)):\(pad(seconds / 60 % 60))"
  }
}
