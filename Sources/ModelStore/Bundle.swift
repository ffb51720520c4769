public import Bytes
public import Market

/// The files of a version.
public enum Part: String, CaseIterable, Sendable {
  /// What forecasts: recipe, scaler, weights, in the binary form of `Models`.
  case forecaster = "forecaster.bin"
  case recipe = "recipe.txt"
  /// How the features were chosen, in each fold and in the end.
  case selection = "selection.txt"
  case scaler = "scaler.txt"
  case settings = "settings.yaml"
  /// Every out-of-sample forecast with its outcome.
  case evidence = "evidence.bin"
  /// Rows with the outputs they must give.
  case probe = "probe.bin"
}

/// How large a part is and what its bytes hash to.
public struct Seal: Equatable, Sendable {
  public let bytes: Int
  public let hash: Digest

  public init(of content: [UInt8]) {
    bytes = content.count
    hash = Sha256.digest(content)
  }

  init(bytes: Int, hash: Digest) {
    self.bytes = bytes
    self.hash = hash
  }
}

/// A version's first page: its origin and the seal of each part. Its own hash names the version.
public struct Manifest: Equatable, Sendable {
  public let origin: Origin
  /// One for each part, in the order of `Part.allCases`.
  public let seals: [Seal]

  init(origin: Origin, seals: [Seal]) {
    precondition(seals.count == Part.allCases.count, "a seal for each part")
    self.origin = origin
    self.seals = seals
  }
}

/// A version's whole content, before it is stored or after it was verified.
public struct Bundle: Equatable, Sendable {
  public let manifest: Manifest
  private let contents: [[UInt8]]

  /// Seals the parts; the closure is asked for each once.
  public init(_ origin: Origin, _ content: (Part) -> [UInt8]) throws(StoreError) {
    try origin.check()
    let contents = Part.allCases.map(content)
    self.init(
      manifest: Manifest(origin: origin, seals: contents.map(Seal.init(of:))), contents: contents)
  }

  init(manifest: Manifest, contents: [[UInt8]]) {
    self.manifest = manifest
    self.contents = contents
  }

  public subscript(part: Part) -> [UInt8] {
    contents[part.place]
  }

  /// The content hash: SHA-256 of the manifest, which holds that of every part.
  public var id: Digest { Sha256.digest(manifest.text) }
}

extension Part {
  var place: Int {
    switch self {
    case .forecaster: 0
    case .recipe: 1
    case .selection: 2
    case .scaler: 3
    case .settings: 4
    case .evidence: 5
    case .probe: 6
    }
  }
}

/// A stored version as it stands in the list.
public struct Version: Equatable, Sendable {
  public let id: Digest
  /// Counts up within a store, for people.
  public let number: Int
  /// When the store took it, by the clock on the wall: for people, and no part of the content.
  public let sealedAt: Instant
  public let manifest: Manifest

  public var name: String { manifest.origin.name }

  /// How forecasts name their model.
  public var model: ModelID { ModelID(of: id) }

  var folderName: String { "\(model)-\(name)" }
}

extension ModelID {
  /// The first eight bytes of a version's content hash.
  public init(of id: Digest) {
    self.init(id.bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
  }
}
