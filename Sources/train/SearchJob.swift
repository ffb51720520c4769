import Bytes
import Console
import Features
import Research
import Training
import Workbench

/// A search whose trials are units in a folder: what is finished is never tried again, and whoever takes
/// part asks for the same trials, since these follow from the seed and from what was found.
struct SearchJob {
  let work: WorkSettings
  let varied: [Varied]
  let folder: UnitFolder
  let slate: Slate
  private let data: Digest

  /// Plans in the folder named, else in one of the runs folder that is named for the plan.
  init(_ work: WorkSettings, _ terminal: Terminal, at path: String?) throws(Failure) {
    let parts = try Parts(work)
    for alarm in try work.calendarAlarms(parts.slate.series) { terminal.warn(alarm) }
    let plan = parts.plan(work)
    self.init(
      work, parts, plan.data,
      try UnitFolder(plan, at: path ?? FoldJob.place(of: plan, work)))
  }

  /// Takes up a folder that holds a plan; bars or formulas other than its own are refused.
  init(_ folder: UnitFolder, _ own: WorkSettings) throws(Failure) {
    let work = try own.planned(folder.plan.settings)
    let parts = try Parts(work)
    let found = parts.plan(work)
    try folder.check(found)
    self.init(work, parts, found.data, folder)
  }

  private init(_ work: WorkSettings, _ parts: Parts, _ data: Digest, _ folder: UnitFolder) {
    self.work = work
    self.folder = folder
    self.data = data
    varied = parts.varied
    slate = parts.slate
  }

  static func unit(_ trial: Int) -> String { "trial-\(trial + 1)" }

  /// Tries what nobody else has tried or is trying, with `jobs` processes in all. `asked` hears of
  /// trials before they are made, `told` of each when it is, in their order, those of an earlier run first.
  func complete(
    jobs: Int = 1, isTied: Bool = false, _ terminal: Terminal,
    asked: ([Proposal]) throws(Failure) -> Void = { _ in },
    told: (SearchTrial, TrialResult) throws(Failure) -> Void = { _, _ in }
  ) throws(Failure) {
    let cancellation = Cancellation.watch()
    let isStopped = { cancellation.isRequested || isTied && isForsaken() }
    var search = try work.search(varied)
    var maker = try TrialMaker(work, varied, slate)
    var progress = terminal.progress("searching", of: search.count, unit: "trials")
    var crew = try Crew(
      min(jobs, search.count) - 1,
      ["unit", folder.path, "--tied", "--quiet"] + work.pathWords())
    while !search.isFinished, !isStopped() {
      let open = search.open
      try asked(open)
      try folder.complete(
        open.map { Self.unit($0.number) }, data: data, isStopped: isStopped,
        finished: { progress.advance(past: $0) }
      ) { unit throws(Failure) in
        guard let proposal = open.first(where: { Self.unit($0.number) == unit }) else {
          preconditionFailure("\(unit) was asked for")
        }
        return maker.result(of: proposal).encoded()
      }
      if isStopped() { break }
      try take(&search, told)
    }
    try cancellation.check()
    progress.finish()
    if let code = crew.finish().first {
      terminal.warn("another process ended with \(code); its trials were made here")
    }
  }

  /// Tells the search of its batch, and others of what it was told.
  private func take(
    _ search: inout Search, _ told: (SearchTrial, TrialResult) throws(Failure) -> Void
  ) throws(Failure) {
    for proposal in search.open {
      let result = try self.result(proposal.number)
      search.tell(proposal.number, result.value)
      try told(SearchTrial(proposal: proposal, value: result.value), result)
    }
  }

  private func result(_ trial: Int) throws(Failure) -> TrialResult {
    let unit = Self.unit(trial)
    return try TrialResult(decoding: try folder.read(unit), "\(folder.path): \(unit)")
  }

  /// The search with all its trials told; one that is missing or does not verify is refused.
  func finished() throws(Failure) -> (search: Search, results: [TrialResult]) {
    var search = try work.search(varied)
    var results: [TrialResult] = []
    while !search.isFinished {
      try take(&search) { _, result throws(Failure) in results.append(result) }
    }
    return (search, results)
  }
}

/// What a search is made of before its folder is known.
private struct Parts {
  let varied: [Varied]
  let slate: Slate
  private let recipes: [Recipe]
  private let count: Int

  init(_ work: WorkSettings) throws(Failure) {
    let varied = try work.varied()
    count = try work.search(varied).count
    // Every recipe that may be tried belongs to the plan.
    let names =
      varied.first { $0.key == "features.recipe" }?.text.split(separator: ",").map(String.init)
      ?? [work.recipeName]
    recipes = try names.map { name throws(Failure) in try RecipeFile.read(name, in: work.home) }
    slate = try work.slate()
    self.varied = varied
  }

  func plan(_ work: WorkSettings) -> UnitPlan {
    work.unitPlan(
      .search, slate.series, recipes: recipes, units: (0..<count).map { SearchJob.unit($0) })
  }
}
