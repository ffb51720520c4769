import Console
import Features
import Market
import Models
import Research
import Training
import Workbench

extension Command {
  static let experiment = Command(
    "experiment", "A whole experiment: bars to scores, recipe, folds and models",
    about: """
      The recipe ta over minute bars, its labels, and for each of three folds scaler, boosted trees \
      (200 of 31 leaves) and a forest (100 to full depth, a third of the columns at a node), each \
      fitted on the fold's past alone and asked about its test. The time is of all that, from bars \
      in memory to scores. --models names which, lstm (the owner's network, five epochs over all \
      windows) and ridge too; the check is the error of the last one.
      """,
    flags: [
      Flag.data,
      Flag("bars", value: "N", "Bars to take.", shownDefault: "50000"),
      Flag(
        "models", value: "KINDS", "Models, separated by commas.", shownDefault: "trees,forest"),
    ],
    examples: [Example("experiment --data bench/bars", "As in peers/experiment.py")]
  ) { invocation in
    let limit = try invocation.integer("bars", in: 2_000...20_000_000) ?? 50_000
    let data = try BarColumns(try invocation.prefix(), limit: limit)
    let recipe = try RecipeFile.read("ta", in: try Home.find())
    let kinds = (invocation.text("models") ?? "trees,forest").split(separator: ",").map(String.init)
    let bench = try ExperimentBench(recipe, kinds)
    let (scores, timing) = try Timing.of { try bench.run(data) }
    invocation.terminal.print(
      result(
        "experiment", timing,
        [("bars", .integer(data.bars.count)), ("check", .number(scores.last?.rmse ?? 0))]
          + zip(kinds, scores).map { ("rmse_\($0)", .number($1.rmse)) }
          + zip(kinds, scores).map { ("rank_ic_\($0)", $1.rankIC.map { .number($0) } ?? .null) }))
    return .ok
  }
}

/// The parts of the experiment that do not depend on the bars.
struct ExperimentBench {
  private let recipe: Recipe
  private let models: [ModelParameters]
  private let label = LabelDefinition(horizonBars: 5)

  init(_ recipe: Recipe, _ kinds: [String]) throws(Failure) {
    self.recipe = recipe
    models = try kinds.map { kind throws(Failure) in
      do throws(ModelsError) {
        switch kind {
        case "trees": return .boosted(try BoostParameters())
        case "forest":
          var growth = ForestParameters.usualGrowth
          growth.leastLeafRows = 1
          return .forest(try ForestParameters(growth: growth))
        case "lstm":
          var network = NetworkParameters()
          (network.epochs, network.mostWindows) = (5, nil)
          (network.patience, network.clip) = (nil, nil)
          return .network(try network.checked())
        case "ridge": return .ridge(try RidgeParameters(overlapBars: 5))
        default: break
        }
      } catch { throw Failure(.usage, "\(error)") }
      throw Failure(.usage, "--models: \(kind) is none of trees, forest, lstm, ridge")
    }
  }

  /// Features and labels once, then every model over the folds.
  func run(_ data: BarColumns) throws(Failure) -> [Scores] {
    let first = experiment(models[0])
    let sample = first.sample([Member(Self.symbol, bars: data.bars, grid: BarColumns.grid)])
    return try models.map { model throws(Failure) in
      let experiment = experiment(model)
      do throws(TrainingError) {
        let walker = try experiment.walker(sample)
        // What a fold has learned is let go of once it has forecast.
        var evidence = Evidence(horizonBars: label.horizonBars)
        for fold in walker.folds { evidence.append(try walker.result(of: fold).evidence) }
        return Scores(evidence)
      } catch { throw Failure(.data, "\(error)") }
    }
  }

  private static let symbol = Symbol(code: "made", exchange: .local)

  private func experiment(_ model: ModelParameters) -> Experiment {
    Experiment(
      symbols: [Self.symbol], interval: .minute, recipe: recipe,
      label: label,
      folds: Folding(count: 3, firstShare: 0.4, isRolling: false, embargoBars: 5),
      parameters: model)
  }
}
