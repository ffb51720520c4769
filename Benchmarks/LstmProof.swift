import Console
import Features
import Market
import Models
import Numerics
import Research
import Training
import Trials
import Workbench

extension Command {
  static let lstmProof = Command(
    "lstm-proof", "Train networks on planted markets, for a peer to repeat",
    about: """
      Each seed is a planted market of its own. Its windows, the weights to begin with and the order of \
      every epoch are written for peers/lstm_proof.py, which trains PyTorch from there, batch by batch, \
      and compares costs and errors. Nothing is dropped, as no two programs drop the same.
      """,
    flags: [
      Flag("seeds", value: "N", "Markets.", shownDefault: "5"),
      Flag("epochs", value: "N", "Times through the windows.", shownDefault: "5"),
      Flag("windows", value: "N", "Windows learned from.", shownDefault: "3000"),
      Flag("out", value: "FOLDER", "Where the files go."),
    ],
    examples: [Example("lstm-proof --seeds 5 --out out/proof", "As peers/lstm_proof.py calls it")]
  ) { invocation in
    var parameters = NetworkParameters()
    parameters.dropout = 0
    parameters.clip = nil
    parameters.patience = 1_000
    parameters.epochs = try invocation.integer("epochs", in: 1...1_000) ?? 5
    parameters.mostWindows = try invocation.integer("windows", in: 64...1_000_000) ?? 3_000
    let work = try WorkSettings.shipped(Home.find(), changing: invocation.overrides)
    for seed in 1...(try invocation.integer("seeds", in: 1...1_000) ?? 5) {
      parameters.seeds = NetworkSeeds(weights: UInt64(seed), order: UInt64(seed + 1_000))
      let lesson = try lesson(parameters, UInt64(seed), work)
      let folder = "\(invocation.text("out") ?? "out/proof")/seed-\(seed)"
      try write(lesson, parameters, to: folder)
      let (fitted, timing) = try Timing.of { () throws(Failure) in
        do {
          return try parameters.fit(lesson.training, validation: lesson.held)
        } catch { throw Failure(.failed, "\(error)") }
      }
      let unit = fitted.ensemble.members[0].unit
      invocation.terminal.print(
        result(
          "lstm-proof", timing,
          [
            ("folder", .text(folder)), ("features", .integer(lesson.training.features)),
            ("windows", .integer(lesson.training.count)), ("held", .integer(lesson.held.count)),
            ("window", .integer(parameters.window)), ("batch", .integer(parameters.batch)),
            ("epochs", .integer(parameters.epochs)),
            ("costs", .list(fitted.curve.map { .number($0.training) })),
            (
              "errors",
              .list(fitted.curve.map { .number((2 * ($0.validation ?? 0)).squareRoot() * unit) })
            ),
          ]))
    }
    return .ok
  }

  private static func lesson(
    _ parameters: NetworkParameters, _ seed: UInt64, _ work: WorkSettings
  ) throws(Failure) -> WindowLesson {
    let days =
      TradingDay(year: 2020, month: 1, day: 2)...TradingDay(year: 2020, month: 3, day: 31)
    let series = try SkillTrial.series(
      .planted(rSquared: 0.05), seed: seed, days: days, work: work)
    let experiment = try work.experiment([series.symbol])
    let member = Member(series.symbol, bars: series.bars, grid: series.grid)
    return WindowLesson(parameters, of: experiment.sample([member]))
  }

  private static func write(
    _ lesson: WindowLesson, _ parameters: NetworkParameters, to folder: String
  ) throws(Failure) {
    for (name, rows) in [("learned", lesson.training), ("held", lesson.held)] {
      try write(rows.values, to: "\(folder)/\(name).rows.f32")
      try write(rows.ends, to: "\(folder)/\(name).ends.i32")
      try write(rows.labels, to: "\(folder)/\(name).labels.f64")
    }
    let beginning: Network
    do throws(ModelsError) {
      beginning = try parameters.beginning(features: lesson.training.features)
    } catch { throw Failure(.usage, "\(error)") }
    try write(
      beginning.layers.flatMap { $0.input + $0.hidden + $0.bias }, to: "\(folder)/start.f32")
    let orders = (0..<parameters.epochs).flatMap {
      parameters.seeds.order(of: lesson.training.count, epoch: $0)
    }
    try write(orders, to: "\(folder)/orders.i32")
  }

  private static func write<Number: BitwiseCopyable>(
    _ numbers: [Number], to path: String
  ) throws(Failure) {
    try writeFile(numbers.withUnsafeBytes { [UInt8]($0) }, to: path)
  }
}
