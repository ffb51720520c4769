import Console
import Features
import ModelStore
import Models
import Research
import Workbench

extension Command {
  static let export = Command(
    "export", "Write a version's model for other programs: ONNX or LightGBM",
    about: """
      Both take the raw features of the version's recipe, in its order, and give what the model gives: \
      the expected return, or for labels scaled by volatility the multiple of it.

      ONNX has one input, features, rows × columns in single precision, and one output, forecast. Trees \
      of any scaling are written with thresholds on raw values, so that each row finds the leaf it \
      finds here; ridge with the scaler as part of the graph, of every scaling but normal. An ensemble \
      of kinds is the weighted mean of its members; one joined by ranks cannot be written.

      A network's input is windows × bars × columns, the oldest bar first; 60 bars are the usual window.

      LightGBM takes trees and forests. Absent values and categories go where they go here.
      """,
    flags: [
      Flag(
        "format", value: "FORMAT", "For whom.", accepts: .oneOf(["onnx", "lightgbm"]),
        shownDefault: "onnx"),
      Flag(
        "out", value: "FILE", "Where it goes.", accepts: .file,
        shownDefault: "the version's name with .onnx or .txt"),
      .models,
    ],
    operands: [Operand("VERSION", "An alias, a number, or seven digits of its id.")],
    examples: [
      Example("export champion --out champion.onnx", "For onnxruntime"),
      Example("export 3 --format lightgbm --out trees.txt", "For lightgbm.Booster(model_file=…)"),
    ]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    let model = try work.proven(invocation.operand("VERSION") ?? "")
    let isOnnx = invocation.text("format") != "lightgbm"
    let bytes: [UInt8]
    do throws(ModelsError) {
      bytes = isOnnx ? try model.trained.onnx() : try model.trained.lightGbm()
    } catch { throw Failure(.usage, "version \(model.version.number): \(error)") }
    let path = invocation.text("out") ?? "\(model.version.name).\(isOnnx ? "onnx" : "txt")"
    try writeFile(bytes, to: path)
    if invocation.terminal.isJSON {
      invocation.terminal.print([
        "file": .text(path), "bytes": .integer(bytes.count),
        "features": JSON(model.trained.recipe.names), "label": .text(model.trained.labelText),
      ])
      return .ok
    }
    var table = Table(.number("column"), .text("feature"), .text("formula"))
    for (place, name) in model.trained.recipe.names.enumerated() {
      table.add("\(place + 1)", name, model.trained.recipe.formulas[place])
    }
    invocation.terminal.print(table)
    invocation.terminal.print("\nlabel  \(model.trained.labelText)\n→ \(path)\n")
    return .ok
  }
}
