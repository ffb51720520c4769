import Bytes
import Console
import Research
import Training
import Workbench

private let folderOperand = Operand("FOLDER", "The folder of the plan and its units.")

extension Command {
  static let plan = Command(
    "plan", "Plan a walk as units of work in a folder",
    about: """
      Writes what decides the result: settings, series with the hash of what was loaded, the \
      recipe's hash, this program's build and the kind of processor, and the units, a fold each. \
      Units may then be computed in any order, by any number of processes, and put together with \
      merge. Whoever computes a unit from the same plan gets the same bytes.
      """,
    flags: [.symbol, .from, .until, .asOf, .model, .recipe, .select, .label, .scaling, .folds],
    operands: [folderOperand],
    examples: [Example("plan runs/walk --folds 8", "Eight units in runs/walk")]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    let job = try FoldJob(work, invocation.terminal, at: try invocation.folder())
    invocation.terminal.tell(job.folder)
    return .ok
  }

  static let unit = Command(
    "unit", "Compute units of a plan",
    about: """
      Computes the units named, else all that are missing and that no other process has in hand. A \
      unit is written aside, synced and renamed: it is there whole or not at all, under a seal. \
      Another build, another kind of processor and other bars than those planned with are refused.
      """,
    flags: [
      .jobs,
      Flag("tied", "Stop when standard input closes, as it does when whoever started this ends."),
    ],
    operands: [
      folderOperand, Operand("UNIT", "Units, such as fold-2.", count: .anyNumber),
    ],
    examples: [
      Example("unit runs/walk fold-2", "One of them"),
      Example("unit runs/walk --jobs 2", "All that are missing, two at a time"),
    ]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    let folder = try UnitFolder(opening: try invocation.folder())
    let named = invocation.operands("UNIT")
    let jobs = try invocation.jobs()
    let isTied = invocation.has("tied")
    switch folder.plan.kind {
    case .walk:
      let job = try FoldJob(folder, work)
      try job.complete(
        named.isEmpty ? nil : named, jobs: jobs, isTied: isTied, invocation.terminal)
    case .search:
      guard named.isEmpty else {
        throw invocation.usageFailure("the trials of a search follow from each other: name none")
      }
      try SearchJob(folder, work).complete(jobs: jobs, isTied: isTied, invocation.terminal)
    }
    if !isTied { invocation.terminal.tell(folder) }
    return .ok
  }

  static let status = Command(
    "status", "Tell which units of a plan are finished",
    about: """
      Every finished unit is verified: its seal, and that it was computed from this plan, by its \
      build and from its data. Exit code 75 says that some are missing.
      """,
    operands: [folderOperand],
    examples: [Example("status runs/walk --json", "For a program")]
  ) { invocation in
    let folder = try UnitFolder(opening: try invocation.folder())
    let states = folder.states()
    if invocation.terminal.isJSON {
      invocation.terminal.print([
        "plan": .text(folder.plan.id.hex), "kind": .text(folder.plan.kind.rawValue),
        "units": .list(
          states.map { ["unit": .text($0.unit), "state": .text($0.state.rawValue)] }),
      ])
    } else {
      var table = Table(.text("unit"), .text("state"))
      for state in states { table.add(state.unit, state.state.rawValue) }
      invocation.terminal.print(table)
    }
    for state in states { if let problem = state.problem { invocation.terminal.warn(problem) } }
    if states.contains(where: { $0.problem != nil }) { return .data }
    return states.allSatisfy { $0.state == .finished } ? .ok : .tryAgain
  }

  static let merge = Command(
    "merge", "Put finished units together: the result of the whole",
    about: """
      Gives the tables, scores and evidence hash that `train walk` gives, or the trials that \
      `train search` gives. Nothing is computed: a unit that is missing ends with exit code 75, one \
      of other data or damaged with 3, one of another build or plan with 5.
      """,
    operands: [folderOperand],
    examples: [Example("merge runs/walk", "When all units are finished")]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    let folder = try UnitFolder(opening: try invocation.folder())
    switch folder.plan.kind {
    case .walk: try Walking(merging: FoldJob(folder, work)).print(to: invocation.terminal)
    case .search: try SearchPage(SearchJob(folder, work)).print(to: invocation.terminal)
    }
    return .ok
  }
}

extension Invocation {
  fileprivate func folder() throws(Failure) -> String {
    guard let folder = operand("FOLDER"), !folder.isEmpty else {
      throw usageFailure("FOLDER is empty")
    }
    return folder
  }
}

extension Terminal {
  /// Where a plan stands.
  fileprivate func tell(_ folder: UnitFolder) {
    let (done, all) = (folder.finishedCount, folder.plan.units.count)
    guard isJSON else {
      return print("\(folder.path): \(done) of \(all) units finished, plan \(folder.plan.id.hex)\n")
    }
    print([
      "folder": .text(folder.path), "plan": .text(folder.plan.id.hex), "units": .integer(all),
      "finished": .integer(done),
    ])
  }
}
