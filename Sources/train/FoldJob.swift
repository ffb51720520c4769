import Bytes
import Console
import Features
import Market
import Models
import Research
import Training
import Workbench

/// The folds of an experiment as units in a folder: done here, by several processes, or taken up where
/// one was killed. The bytes are the same in every case.
struct FoldJob {
  let work: WorkSettings
  /// What was loaded, one for each series.
  let series: [LoadedSeries]
  let experiment: Experiment
  let sample: Sample
  let folder: UnitFolder
  let walker: Walker
  private let data: Digest

  /// Loads, and plans in the folder named, else in one of the runs folder that is named for the plan.
  /// `beside` another that differs in its model alone, bars and features are taken from there.
  init(
    _ work: WorkSettings, _ terminal: Terminal, at path: String?, beside other: FoldJob? = nil
  ) throws(Failure) {
    // What is wrong with the settings or the recipe is told before any bar is read.
    _ = try work.experiment(work.symbols)
    let loaded = try Loaded(work, beside: other)
    let experiment = loaded.experiment
    if other == nil { for alarm in try loaded.alarms(work) { terminal.warn(alarm) } }
    let plan = work.unitPlan(
      .walk, loaded.series, recipes: [experiment.recipe],
      units: loaded.walker.folds.map { Self.unit($0.number) })
    self.init(
      work, loaded, plan.data,
      try UnitFolder(plan, at: path ?? Self.place(of: plan, work)))
    if path == nil, folder.finishedCount > 0 {
      terminal.say("goes on with \(folder.finishedCount) folds finished before, in \(folder.path)")
    }
  }

  /// Takes up a folder that holds a plan; bars or formulas other than its own are refused.
  init(_ folder: UnitFolder, _ own: WorkSettings) throws(Failure) {
    let work = try own.planned(folder.plan.settings)
    let loaded = try Loaded(work)
    let found = work.unitPlan(
      .walk, loaded.series, recipes: [loaded.experiment.recipe], units: folder.plan.units)
    try folder.check(found)
    self.init(work, loaded, found.data, folder)
  }

  private init(
    _ work: WorkSettings, _ loaded: Loaded, _ data: Digest, _ folder: UnitFolder
  ) {
    self.work = work
    experiment = loaded.experiment
    self.data = data
    self.folder = folder
    series = loaded.series
    sample = loaded.sample
    walker = loaded.walker
  }

  /// The series, or how many.
  var title: String { series.title }

  var zone: Zone { series[0].symbol.exchange.zone }

  /// The name of exactly what was learned from, in whatever order it was named.
  var fingerprint: Digest { series.fingerprint }

  static func unit(_ fold: Int) -> String { "fold-\(fold)" }

  static func place(of plan: UnitPlan, _ work: WorkSettings) -> String {
    "\(work.runsFolder)/units/\(plan.id.hex.prefix(16))"
  }

  /// Does what nobody else has done or is doing, with `jobs` processes in all.
  func complete(
    _ units: [String]? = nil, jobs: Int = 1, isTied: Bool = false, resumes: Bool = false,
    _ terminal: Terminal
  ) throws(Failure) {
    let units = units ?? folder.plan.units
    let left = units.filter { !folder.isFinished($0) }
    let cancellation = Cancellation.watch()
    let journal = journal(resumes: resumes, terminal, cancellation)
    var crew = try Crew(
      min(jobs, left.count) - 1, ["unit", folder.path, "--tied", "--quiet"] + work.pathWords())
    var progress = terminal.progress("walking forward", of: left.count, unit: "folds")
    let isStopped = { cancellation.isRequested || isTied && isForsaken() }
    try folder.complete(left, data: data, isStopped: isStopped) { unit in
      progress.advance(past: "\(unit) of \(title)")
    } _: { unit throws(Failure) in
      try result(unit, watch(journal))
    }
    try cancellation.check()
    progress.finish()
    try journal.forget()
    if let code = crew.finish().first {
      terminal.warn("another process ended with \(code); its folds were done here")
    }
  }

  /// Fits on everything what the walk has judged; tells the page of costs of what is learned step by step,
  /// and what a forest says of rows its trees have not seen.
  func findings(
    _ walk: Walk, continuing parent: TrainedModel? = nil, resumes: Bool, _ terminal: Terminal
  ) throws(Failure) -> (findings: Findings, costs: String?, outOfBag: Double?) {
    let cancellation = Cancellation.watch()
    let journal = journal(resumes: resumes, terminal, cancellation)
    let findings: Findings
    do throws(TrainingError) {
      findings = try experiment.findings(
        sample, walk, continuing: parent, watch: watch(journal))
    } catch { throw Failure(.data, "\(title): \(error)") }
    try cancellation.check()
    return (findings, try journal.close(), journal.outOfBagR2)
  }

  private func journal(
    resumes: Bool, _ terminal: Terminal, _ cancellation: Cancellation
  ) -> FitJournal {
    FitJournal(
      folder: "\(work.runsFolder)/training", resumes: resumes,
      mostEpochs: work.settings.integer("lstm.epochs"), terminal, cancellation)
  }

  private func watch(_ journal: FitJournal) -> FitWatch {
    journal.watch(workers: work.settings.integer("lstm.threads"))
  }

  private func result(_ unit: String, _ watch: FitWatch) throws(Failure) -> [UInt8] {
    guard let fold = walker.folds.first(where: { Self.unit($0.number) == unit }) else {
      throw Failure(
        .usage,
        "there is no unit \(unit); the plan has \(folder.plan.units.joined(separator: ", "))")
    }
    do {
      return try walker.result(of: fold, watch: watch).encoded(of: experiment)
    } catch { throw Failure(.data, "\(title): \(error)") }
  }

  /// What is to be said of the forecasts, beside ridge and along paths where those are asked for; what
  /// ridge forecast is made here unless it is known.
  func judged(
    _ evidence: Evidence, _ note: TrialNote, ridge known: Evidence? = nil
  ) throws(Failure) -> Judgement {
    let around = try work.foldsAround
    let (ridge, paths): (Evidence?, [Evidence])
    do throws(TrainingError) {
      if let known {
        ridge = known
      } else {
        ridge = try experiment.ridge(sample)
      }
      paths =
        try around.map { plan throws(TrainingError) in
          try Judgement.paths(sample, plan: plan, experiment)
        } ?? []
    } catch { throw Failure(.data, "\(title): \(error)") }
    return Judgement(
      evidence, ridge: ridge, paths: paths,
      verdict: try note.finish(evidence, days: sample.days(of: evidence)))
  }

  /// Puts the folds together; one that is missing or does not verify is refused.
  func walk() throws(Failure) -> Walk {
    let results = try walker.folds.map { fold throws(Failure) in
      let unit = Self.unit(fold.number)
      let bytes = try folder.read(unit)
      do throws(ResearchError) {
        return try FoldResult(decoding: bytes, fold: fold)
      } catch {
        throw Failure(.data, "\(folder.path): \(unit): \(error)")
      }
    }
    return Walk(results, horizonBars: experiment.label.horizonBars)
  }
}

/// Series with all that a walk over them needs.
private struct Loaded {
  let series: [LoadedSeries]
  let members: [Member]
  let experiment: Experiment
  let sample: Sample
  let walker: Walker

  init(_ work: WorkSettings, beside other: FoldJob? = nil) throws(Failure) {
    let series: [LoadedSeries]
    if let other { series = other.series } else { series = try work.load() }
    members = try work.members(series)
    let experiment = try work.experiment(members.map(\.symbol))
    self.series = series
    self.experiment = experiment
    sample = other?.sample ?? experiment.sample(members)
    do {
      walker = try experiment.walker(sample)
    } catch {
      throw Failure(.data, "\(members.map { "\($0.symbol)" }.joined(separator: ", ")): \(error)")
    }
  }

  /// What deserves attention before anything is learned.
  func alarms(_ work: WorkSettings) throws(Failure) -> [String] {
    var alarms = try work.calendarAlarms(series)
    for (member, one) in zip(members, series.sorted { "\($0.symbol)" < "\($1.symbol)" }) {
      if let alarm = try work.sameDayAlarm(one, experiment.labels(member)) { alarms.append(alarm) }
    }
    return alarms
  }
}
