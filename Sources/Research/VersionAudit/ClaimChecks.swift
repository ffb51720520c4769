import Features
import Market
import Training

/// Holds what a version says of its rows against the sample it was made from.
struct ClaimChecks {
  let sample: Sample
  let claim: VersionClaim

  /// The label's span against the window of what may be seen: a row sees bars up to its own.
  func labels() -> AuditFinding {
    let (spans, instants) = (sample.labels.spans, sample.features.instants)
    let wrong = spans.indices.filter { row in
      guard let span = spans[row] else { return false }
      let (entry, exit) = (Int(span.entryRow), Int(span.exitRow))
      guard let known = sample.labels.knownAt[row] else { return true }
      let moment = Int(sample.timeline.moments[row])
      let closes = instants[sample.timeline.rows(at: exit).lowerBound]
      return entry < moment || exit <= entry || known < closes
    }
    guard let first = wrong.first else {
      return AuditFinding(.labels, isAlarm: false, "all begin after what is seen")
    }
    return AuditFinding(
      .labels, isAlarm: true,
      "\(wrong.count) begin before what is seen ends, first at row \(first)")
  }

  func order() -> AuditFinding {
    let wrong = claim.folds.filter { $0.trainTo >= $0.testFrom }
    guard let first = wrong.first else {
      return AuditFinding(.order, isAlarm: false, "each of \(claim.folds.count) folds looks back")
    }
    return AuditFinding(
      .order, isAlarm: true,
      "\(wrong.count) of \(claim.folds.count) folds learn from what comes after their test began, "
        + "first fold \(first.number)")
  }

  /// Of the rows in a fold's window only those may be learned from whose outcome was known before the
  /// test: if it claims more, it has learned from others.
  func purge() -> AuditFinding {
    var worst: (fold: Int, rows: Int)?
    for fold in claim.folds where fold.trainTo < fold.testFrom {
      let instants = sample.features.instants
      let open = sample.learnableRows.filter { row in
        fold.trainFrom <= instants[row] && instants[row] <= fold.trainTo
      }
      let known = open.count { sample.labels.knownAt[$0].map { $0 < fold.testFrom } ?? false }
      let extra = fold.trainRows - known
      if extra > worst?.rows ?? 0 { worst = (fold.number, extra) }
    }
    guard let worst else {
      return AuditFinding(.purge, isAlarm: false, "every outcome was known before the test")
    }
    return AuditFinding(
      .purge, isAlarm: true,
      "fold \(worst.fold) learns from \(worst.rows) rows whose outcome reaches into its test")
  }

  func tests() -> AuditFinding {
    var last: Instant?
    var overlaps = 0
    for fold in claim.folds {
      if let last, fold.testFrom <= last { overlaps += 1 }
      last = max(last ?? fold.testTo, fold.testTo)
    }
    let evidence = claim.evidence
    let outside = evidence.instants.indices.count { row in
      let fold = claim.folds.first { $0.number == Int(evidence.folds[row]) }
      return
        !(fold.map { $0.testFrom...max($0.testFrom, $0.testTo) ~= evidence.instants[row] }
        ?? false)
    }
    let counted = claim.folds.filter { fold in
      evidence.folds.count { $0 == Int32(fold.number) } != fold.testRows
    }
    guard overlaps + outside + counted.count > 0 else {
      return AuditFinding(.tests, isAlarm: false, "\(evidence.count) forecasts, each row once")
    }
    return AuditFinding(
      .tests, isAlarm: true,
      "\(overlaps) tests overlap, \(outside) forecasts lie outside their fold, "
        + "\(counted.count) folds hold another number of them than they say")
  }

  /// Scalers of folds done anew against those claimed, number by number.
  func scaler(_ remade: Walk) -> AuditFinding {
    var compared = 0
    for (fold, fit) in zip(claim.folds, remade.fits) {
      guard let claimed = fold.scaler else { continue }
      compared += 1
      let own = fit.scaler.text(names: fit.columns.map { sample.features.names[$0] })
      if let line = Self.difference(claimed, own) {
        return AuditFinding(
          .scaler, isAlarm: true,
          "fold \(fold.number) does not scale by its training rows: \(line)")
      }
    }
    return AuditFinding(
      .scaler, isAlarm: false,
      compared > 0 ? "\(compared) folds scale by their training rows" : "none was kept to compare")
  }

  /// The first line in which two texts differ by more than rounding.
  private static func difference(_ claimed: String, _ own: String) -> String? {
    let (one, other) = (claimed.split(separator: "\n"), own.split(separator: "\n"))
    guard one.count == other.count else {
      return "\(one.count - 1) columns, not \(other.count - 1)"
    }
    for (one, other) in zip(one, other) where one != other {
      let (cells, others) = (one.split(separator: "\t"), other.split(separator: "\t"))
      guard cells.count == others.count, cells.first == others.first else { return String(one) }
      for (cell, other) in zip(cells, others).dropFirst() where cell != other {
        guard let value = Double(cell), let own = Double(other),
          abs(value - own) <= 1e-9 * max(abs(value), abs(own))
        else { return "\(cells[0]) by \(cell), its rows say \(other)" }
      }
    }
    return nil
  }
}
