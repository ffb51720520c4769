import Bytes
import Console
import Features
import Market
import ModelStore
import Models
import Research
import Training
import Workbench

extension Command {
  static let adopt = Command(
    "adopt", "Seal a model that another program has made",
    about: """
      Reads LightGBM's text model (save_model), the text that scripts/export_sklearn.py writes of \
      scikit-learn's forests, or that which scripts/export_network.py writes of recurrent networks of \
      PyTorch and Keras. Its features must be those of the recipe, by name; trees get the raw values, \
      a network scales them as its file says. What it forecasts is taken for the label of the \
      settings.

      It is asked on every bar there is, and that is its evidence. Nobody here knows which of these \
      rows it has learned from, so its scores are no proof of skill: the version says so, and only \
      bars after the last are unseen for certain.
      """,
    flags: [
      Flag(
        "format", value: "FORMAT", "Whose file it is.",
        accepts: .oneOf(ForeignModel.Format.allCases.map(\.rawValue)), shownDefault: "lightgbm"),
      Flag("name", value: "NAME", "A name for people.", shownDefault: "the format and the symbol"),
      .symbol, .from, .until, .asOf, .recipe, .label,
      Flag("models", value: "FOLDER", "The model store.", setting: "paths.models"),
    ],
    operands: [Operand("FILE", "The model.", accepts: .file)],
    examples: [
      Example("adopt booster.txt --recipe ta", "Trees of LightGBM on the recipe's features"),
      Example("adopt forest.txt --format sklearn", "A forest of scikit-learn"),
      Example("adopt network.txt --format network", "A network of PyTorch or Keras"),
    ]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    let path = invocation.operand("FILE") ?? ""
    let word = invocation.text("format") ?? ""
    let format = ForeignModel.Format(rawValue: word) ?? .lightgbm
    let bytes = try readFile(path)
    let experiment = try work.experiment([work.oneSymbol()])
    let foreign: ForeignModel
    do { foreign = try ForeignModel(format, bytes) } catch {
      throw Failure(.data, "\(path): \(error)")
    }
    let columns = try columns(of: foreign, in: experiment.recipe, path)
    let series = try work.load()[0]
    let findings: Findings
    do {
      findings = try experiment.adopted(
        foreign.model, columns: columns, scaler: foreign.scaler,
        experiment.sample(try work.members([series])))
    } catch let failure as Failure {
      throw failure
    } catch { throw Failure(.data, "\(series.symbol): \(error)") }
    let file = Sha256.digest(bytes).hex.prefix(16)
    let version = try work.seal(
      findings, [series], data: series.fingerprint, name: invocation.text("name"),
      usual: format.rawValue,
      build: "\(format.rawValue) file \(file), made elsewhere, adopted by \(buildName())")
    tell(version, findings, work, invocation.terminal)
    return .ok
  }

  /// Where each of the model's features stands in the recipe.
  private static func columns(
    of foreign: ForeignModel, in recipe: Recipe, _ path: String
  ) throws(Failure) -> [Int] {
    let places = foreign.names.map { recipe.names.firstIndex(of: $0) }
    let missing = zip(foreign.names, places).filter { $0.1 == nil }.map(\.0)
    guard missing.isEmpty else {
      let unused = recipe.names.filter { !foreign.names.contains($0) }
      throw Failure(
        .usage,
        "\(path): reads \(missing.count) of \(foreign.names.count) features that recipe "
          + "\(recipe.name) does not have: \(listed(missing))",
        remedy: unused.isEmpty
          ? "Name another recipe with --recipe."
          : "The recipe also has: \(listed(unused)). Name another with --recipe, "
            + "or give the model's features these names where it is made.")
    }
    return places.compactMap { $0 }
  }

  private static func listed(_ names: [String]) -> String {
    names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", …" : "")
  }

  private static func tell(
    _ version: Version, _ findings: Findings, _ work: WorkSettings, _ terminal: Terminal
  ) {
    guard !terminal.isJSON else {
      return terminal.print([
        "number": .integer(version.number), "name": .text(version.name),
        "id": .text(version.id.hex), "made_elsewhere": .flag(true),
        "scores": .object(findings.scores.figures.map { .init($0.name, .number($0.value)) }),
      ])
    }
    var table = Table(.text("asked on every row"), .number(""))
    for figure in findings.scores.figures {
      table.add(figure.name, DoubleText.fixed(figure.value, decimals: 6))
    }
    terminal.print(table)
    terminal.print(
      "\nversion \(version.number) \(version.name) \(version.model) → \(work.modelsFolder)\n")
    terminal.warn(
      "made elsewhere: which of these rows it has learned from is unknown; the scores prove nothing"
    )
  }
}
