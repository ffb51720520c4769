internal import Bytes
internal import Features
internal import Models
public import Training

/// A fold as bytes, for whoever puts together what several processes did: columns, choice of features,
/// model, evidence. The fold itself is not in it: it follows from data and plan.
extension FoldResult {
  private static let form: UInt16 = 1

  public func encoded(of experiment: Experiment) -> [UInt8] {
    let trained = experiment.trained(fit)
    var writer = ByteWriter(capacity: 4_096)
    writer.uint16(Self.form)
    writer.int(fit.fold.number)
    writer.int(fit.trainRows)
    writer.int(fit.testRows)
    writer.double(fit.worth)
    writer.int32s(fit.columns.map { Int32($0) })
    writer.bool(fit.selection != nil)
    if let selection = fit.selection { selection.write(to: &writer) }
    writer.run(trained.encoded())
    writer.run(evidence.encoded())
    return writer.bytes
  }

  /// Reads what `encoded` wrote of this fold; anything else is refused.
  public init(decoding bytes: [UInt8], fold: Fold) throws(ResearchError) {
    do {
      var reader = ByteReader(bytes)
      guard try reader.uint16("a fold's form") == Self.form,
        try reader.int("a fold's number") == fold.number
      else { throw ResearchError.result(reason: "it is no fold \(fold.number)") }
      let (trainRows, testRows) = (try reader.int(), try reader.int())
      let worth = try reader.double("a worth")
      let columns = try reader.int32s("columns").map { Int($0) }
      let selection = try reader.bool() ? try Selection(reading: &reader) : nil
      let trained = try TrainedModel(decoding: try reader.run("a model"))
      let evidence = try Evidence(decoding: try reader.run("evidence"))
      try reader.finish()
      guard evidence.count == testRows, evidence.folds.allSatisfy({ $0 == Int32(fold.number) })
      else { throw ResearchError.result(reason: "its forecasts are not the fold's") }
      self.init(
        fit: FoldFit(
          fold: fold, selection: selection, columns: columns, scaler: trained.scaler,
          model: trained.model, worth: worth, trainRows: trainRows, testRows: testRows),
        evidence: evidence)
    } catch let error as ResearchError {
      throw error
    } catch {
      throw .result(reason: "\(error)")
    }
  }
}

extension Experiment {
  /// A fold's model in the form that models are kept in.
  fileprivate func trained(_ fit: FoldFit) -> TrainedModel {
    TrainedModel(
      recipe: recipe.choosing(fit.columns), scaler: fit.scaler, label: label, interval: interval,
      symbols: [symbol], model: fit.model, worth: fit.worth, residualDeviation: 0)
  }
}

extension Selection {
  fileprivate func write(to writer: inout ByteWriter) {
    writer.length(marks.count)
    for mark in marks {
      writer.string(mark.name)
      writer.double(mark.relevance)
      switch mark.verdict {
      case .kept: writer.uint8(0)
      case .still: writer.uint8(1)
      case .weaker: writer.uint8(2)
      case .twin(let name):
        writer.uint8(3)
        writer.string(name)
      }
    }
  }

  fileprivate init(reading reader: inout ByteReader) throws(BytesError) {
    var marks: [Mark] = []
    for _ in 0..<(try reader.length("marks", elementSize: 13)) {
      let (name, relevance) = (try reader.string("a feature"), try reader.double("a relevance"))
      let place = reader.offset
      let verdict: Verdict
      switch try reader.uint8("a verdict") {
      case 0: verdict = .kept
      case 1: verdict = .still
      case 2: verdict = .weaker
      case 3: verdict = .twin(of: try reader.string("a twin"))
      default: throw .malformed(offset: place, expected: "a verdict")
      }
      marks.append(Mark(name: name, relevance: relevance, verdict: verdict))
    }
    self.init(marks: marks)
  }
}
