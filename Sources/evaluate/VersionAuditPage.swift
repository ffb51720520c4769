import Bytes
import Console
import Features
import Market
import ModelStore
import Models
import Research
import Training
import Workbench

/// A version under audit: made anew from its settings and bars, held against what it says of itself.
struct VersionAuditPage {
  let model: ProvenModel
  let audit: VersionAudit

  /// `nil` where the word names no version.
  init?(_ word: String?, _ invocation: Invocation, _ work: WorkSettings) throws(Failure) {
    guard let word, !word.hasSuffix(".yaml"),
      !isFile(work.home.path("config/recipes/\(word).yaml")),
      (try? work.store.resolve(word)) != nil
    else { return nil }
    for flag in ["with", "columns", "bars"] where invocation.has(flag) {
      throw invocation.usageFailure("--\(flag) is for recipes and columns; \(word) is a version")
    }
    let model = try work.proven(word)
    let bundle = try withStore { () throws(StoreError) in try work.store.load(model.version) }
    let sealed = try work.sealed(String(decoding: bundle[.settings], as: UTF8.self))
    let origin = model.version.manifest.origin
    let series = try sealed.load()
    if series.fingerprint != origin.data {
      invocation.terminal.warn(
        "the archive holds other bars of \(series.title) than when \(word) was made; "
          + "those up to \(utcText(model.knownUntil)) are used")
    }
    self.model = model
    audit = try Self.audit(
      model, sealed, series,
      VersionClaim(model, scalerText: String(decoding: bundle[.scaler], as: UTF8.self)),
      try Self.terms(invocation), try invocation.integer("cuts", in: 1...1_000) ?? 12,
      invocation.terminal)
  }

  private static func terms(_ invocation: Invocation) throws(Failure) -> VersionAudit.Terms {
    VersionAudit.Terms(
      permutations: try invocation.integer("permutations", in: 1...100) ?? 3,
      seed: UInt64(try invocation.integer("seed", in: 0...Int.max) ?? 1))
  }

  private static func audit(
    _ model: ProvenModel, _ work: WorkSettings, _ series: [LoadedSeries], _ claim: VersionClaim,
    _ terms: VersionAudit.Terms, _ cuts: Int, _ terminal: Terminal
  ) throws(Failure) -> VersionAudit {
    // What came after is not the version's: its last label was known with its last bar.
    let members = try work.members(series).map { $0.until(model.knownUntil) }
    guard let first = members.first(where: { $0.bars.count > 1 }) else {
      throw Failure(
        .data, "\(series.title): the archive holds none of the bars the version was made from")
    }
    let experiment = try work.experiment(members.map(\.symbol))
    // What compares instruments is held against shorter histories of all of them.
    let columns = Audit(
      model.trained.recipe.unmeasured, bars: Array(first.bars.suffix(recipeBars)), grid: first.grid,
      marks: first.marks,
      Audit.Terms(cuts: cuts, seed: terms.seed, label: experiment.label))
    let sample = experiment.sample(members)
    var progress = terminal.progress(
      "auditing", of: VersionCheck.allCases.count - (experiment.isPanel ? 0 : 1),
      unit: "checks")
    do throws(TrainingError) {
      let audit = try VersionAudit(
        experiment, sample, claim, columns: columns,
        compared: experiment.isPanel
          ? experiment.comparison(of: members, sample, cuts: cuts, seed: terms.seed) : nil,
        build: buildName(), terms
      ) { progress.advance(past: $0.rawValue) }
      progress.finish()
      return audit
    } catch { throw Failure(.data, "\(series.title): \(error)") }
  }

  private static let recipeBars = 20_000

  func print(to terminal: Terminal) {
    guard !terminal.isJSON else { return terminal.print(json) }
    var table = Table(.text("check"), .text("verdict"), .prose("found"))
    for finding in audit.findings {
      table.add(finding.check.rawValue, finding.isAlarm ? "ALARM" : "sound", finding.told)
    }
    terminal.print(table)
    let alarms = audit.alarms.count
    terminal.print(
      "\nversion \(model.version.number) \(model.version.name): "
        + (alarms == 0
          ? "no leak found" : "\(alarms) of \(audit.findings.count) checks raise the alarm")
        + "\n")
  }

  private var json: JSON {
    [
      "version": .integer(model.version.number), "id": .text(model.version.id.hex),
      "alarms": .integer(audit.alarms.count),
      "findings": .list(
        audit.findings.map {
          [
            "check": .text($0.check.rawValue), "alarm": .flag($0.isAlarm), "found": .text($0.told),
          ]
        }),
    ]
  }
}
