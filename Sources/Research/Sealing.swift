public import Bytes
import Features
public import Market
public import ModelStore
public import Models
public import Training

extension Findings {
  /// Everything about a new version in one bundle; `settings` is the text it was made from.
  public func bundle(
    name: String, parent: Digest?, data: Digest, build: String, settings: String
  ) throws(StoreError) -> Bundle {
    var windows = walk.fits.flatMap { fit in
      [
        Origin.Window(
          name: "fold-\(fit.fold.number)-train", from: fit.fold.trainFrom, to: fit.fold.trainTo,
          rows: fit.trainRows),
        Origin.Window(
          name: "fold-\(fit.fold.number)-test", from: fit.fold.testFrom, to: fit.fold.testTo,
          rows: fit.testRows),
      ]
    }
    windows.append(
      Origin.Window(
        name: walk.fits.isEmpty ? Self.adoptedWindow : "final", from: firstInstant, to: lastInstant,
        rows: trainedRows))
    let origin = Origin(
      name: name, knownUntil: knownUntil, parent: parent, data: data, seed: 0, build: build,
      blas: arithmeticName, label: trained.labelText,
      windows: windows,
      metrics: (scores.figures + spread).map { Origin.Metric(name: $0.name, value: $0.value) })
    return try Bundle(origin) { part in
      switch part {
      case .forecaster: trained.encoded()
      case .recipe: Array(trained.recipe.canonicalText.utf8)
      case .selection: Array(selectionText.utf8)
      case .scaler: Array(scalerText.utf8)
      case .settings: Array(settings.utf8)
      case .evidence: walk.evidence.encoded()
      case .probe: probe.encoded()
      }
    }
  }
}

extension Findings {
  /// The days on which a model made elsewhere was asked; which it learned from nobody here knows.
  fileprivate static let adoptedWindow = "asked-training-unknown"

  /// How far outcomes lay from forecasts nine times of ten, and how often that held later.
  private var spread: [(name: String, value: Double)] {
    ConformalWidth(walk.evidence).map {
      [("conformal-90", $0.width), ("conformal-90-coverage", $0.coverage)]
    } ?? []
  }

  /// How every fold and the final model scale what they see.
  var scalerText: String {
    let parts = walk.fits.map { fit in
      (
        "fold \(fit.fold.number)",
        fit.scaler.text(names: fit.columns.map { names[$0] })
      )
    }
    return (parts + [("final", trained.scalerText)]).map { "# \($0.0)\n\($0.1)" }.joined()
  }

  /// What was chosen in every fold and for the final model, each with its verdicts.
  var selectionText: String {
    let parts = walk.fits.map { ("fold \($0.fold.number)", $0.selection) } + [("final", selection)]
    return parts.reduce(into: "") { text, part in
      text += "# \(part.0)\n" + (part.1.map { "\($0)" } ?? "every feature of the recipe\n")
    }
  }
}

/// A stored version that has proved itself: decoded, and its probe answered to the last bit.
public struct ProvenModel: Sendable {
  public let version: Version
  public let trained: TrainedModel
  public let evidence: Evidence

  /// Whether it was made elsewhere: then its evidence may be of rows that it has learned from.
  public var isAdopted: Bool {
    version.manifest.origin.windows.contains { $0.name == Findings.adoptedWindow }
  }

  /// The last instant whose prices the final model has learned from, those of its labels included.
  public var knownUntil: Instant { version.manifest.origin.knownUntil }

  public init(_ version: Version, in store: Store) throws(ResearchError) {
    do {
      let bundle = try store.load(version)
      trained = try TrainedModel(decoding: bundle[.forecaster])
      if let difference = try Probe(decoding: bundle[.probe]).difference(from: trained) {
        let made = version.manifest.origin.blas
        throw ResearchError.probe(
          version: version.name,
          difference: made == arithmeticName
            ? difference : "\(difference); it was made by \(made), here is \(arithmeticName)")
      }
      evidence = try Evidence(decoding: bundle[.evidence])
      self.version = version
    } catch let error as ResearchError {
      throw error
    } catch {
      throw .version(name: version.name, reason: "\(error)")
    }
  }

  /// How a bundle read back differs from what was sealed, `nil` where its model answers as it did.
  public static func difference(in bundle: Bundle) -> String? {
    do {
      return try Probe(decoding: bundle[.probe])
        .difference(from: try TrainedModel(decoding: bundle[.forecaster]))
    } catch {
      return "\(error)"
    }
  }
}

/// Why a stored version cannot be used, or a run cannot be made.
public enum ResearchError: Error, Hashable, Sendable {
  case version(name: String, reason: String)
  /// The model answers its probe otherwise than when it was sealed: another CPU type or a fault.
  case probe(version: String, difference: String)
  /// What a fold left behind does not read as its result.
  case result(reason: String)
}

extension ResearchError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .version(let name, let reason): "version \(name) cannot be used: \(reason)"
    case .probe(let version, let difference):
      "version \(version) no longer answers as when it was sealed: \(difference)"
    case .result(let reason): "a fold's result cannot be read: \(reason)"
    }
  }
}
