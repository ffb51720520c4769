public import Bytes
internal import Console
internal import Research

/// All that decides the bytes of a job's units: whoever computes one from the same plan computes the same.
public struct UnitPlan: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// A unit is one fold of one model.
    case walk
    /// A unit is one trial.
    case search
  }

  public let kind: Kind
  /// Release and hash of the executable.
  public let build: String
  /// Library, core type and threads of the linear algebra.
  public let blas: String
  /// The series, one a line with what it holds.
  public let symbols: [String]
  /// What the job sees of all series: bars, rolls, which prices could be had.
  public let data: Digest
  /// The formulas of the recipe that the settings name.
  public let recipe: Digest
  /// Settings, a line each, but for paths.
  public let settings: [String]
  /// The units in order.
  public let units: [String]

  public init(
    _ kind: Kind, symbols: [String], data: Digest, recipe: Digest, settings: [String],
    units: [String]
  ) {
    self.init(
      kind, build: buildName(), blas: blasName,
      symbols: symbols, data: data, recipe: recipe, settings: settings, units: units)
  }

  private init(
    _ kind: Kind, build: String, blas: String, symbols: [String], data: Digest, recipe: Digest,
    settings: [String], units: [String]
  ) {
    self.kind = kind
    self.build = build
    self.blas = blas
    self.symbols = symbols
    self.data = data
    self.recipe = recipe
    self.settings = settings
    self.units = units
  }

  /// The plan's name: the hash of all it says.
  public var id: Digest { Sha256.digest(text) }
}

// MARK: - As a file

extension UnitPlan {
  private static let heading = "auspex units 1"

  /// A line for each thing said; the same plan has the same text.
  public var text: String {
    let head: [(String, String)] = [
      ("kind", kind.rawValue), ("build", build), ("blas", blas), ("data", data.hex),
      ("recipe", recipe.hex),
    ]
    let lines =
      head.map { "\($0.0) \($0.1)" } + symbols.map { "symbol \($0)" }
      + settings.map { "setting \($0)" } + units.map { "unit \($0)" }
    return ([Self.heading] + lines).map { $0 + "\n" }.joined()
  }

  /// Reads what `text` wrote; any other line is refused with its place.
  init(reading text: String, path: String) throws(Failure) {
    var found: [String: [String]] = [:]
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.first.map({ $0 == Self.heading }) ?? false else {
      throw Failure(.data, "\(path):1: expected \"\(Self.heading)\"")
    }
    for (number, line) in lines.enumerated().dropFirst() where !line.isEmpty {
      let parts = line.split(separator: " ", maxSplits: 1)
      let key = String(parts[0])
      guard parts.count == 2, Self.keys.contains(key) else {
        throw Failure(
          .data, "\(path):\(number + 1): expected one of \(Self.keys.joined(separator: ", "))")
      }
      found[key, default: []].append(String(parts[1]))
    }
    guard let kind = found["kind"]?.first.flatMap(Kind.init(rawValue:)),
      let build = found["build"]?.first, let blas = found["blas"]?.first,
      let data = found["data"]?.first.flatMap(Digest.init(hex:)),
      let recipe = found["recipe"]?.first.flatMap(Digest.init(hex:))
    else { throw Failure(.data, "\(path): kind, build, blas, data or recipe is missing") }
    self.init(
      kind, build: build, blas: blas, symbols: found["symbol"] ?? [], data: data, recipe: recipe,
      settings: found["setting"] ?? [], units: found["unit"] ?? [])
  }

  private static let keys = [
    "kind", "build", "blas", "data", "recipe", "symbol", "setting", "unit",
  ]
}

extension UnitPlan {
  /// Refuses to go on with what another program, or another kind of processor, has begun: its bits
  /// may be others.
  func checkOurs(_ path: String) throws(Failure) {
    let ours = UnitPlan(
      kind, symbols: symbols, data: data, recipe: recipe, settings: settings, units: units)
    guard build == ours.build else {
      throw Failure(
        .refused, "\(path): planned by build \(build), this is \(ours.build)",
        remedy: "Plan anew: train plan.")
    }
    guard blas == ours.blas else {
      throw Failure(
        .refused, "\(path): planned for \(blas), here is \(ours.blas)",
        remedy: "Compute it where it was planned, or plan anew: train plan.")
    }
  }
}
