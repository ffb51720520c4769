internal import Bytes
internal import Market

/// The folder of models that `train`, `evaluate` and `run` share: immutable versions, moving aliases.
///
/// Readers take no lock: a version appears whole by one rename, and an alias changes by one.
public struct Store: Sendable {
  let folder: String
  let disk: Disk

  public init(folder: String) {
    self.init(folder: folder, announce: { _ throws(StoreError) in })
  }

  init(folder: String, announce: @escaping @Sendable (String) throws(StoreError) -> Void) {
    self.folder = folder
    disk = Disk(announce: announce)
  }

  /// All versions by number, and what is wrong with those that cannot be listed.
  public func list() throws(StoreError) -> Listing {
    var listing = Listing()
    for name in try disk.names(in: versionsFolder) {
      do throws(StoreError) {
        listing.versions.append(try version(in: name))
      } catch {
        listing.damaged.append(error)
      }
    }
    listing.versions.sort { $0.number < $1.number }
    return listing
  }

  /// The version an alias, a number or at least seven digits of a hash stand for.
  public func resolve(_ text: String) throws(StoreError) -> Version {
    if let id = try target(of: text) {
      guard let found = try candidates({ $0.id == id }, prefix: String(id.hex.prefix(16))).first
      else { throw .unknownVersion("\(text) = \(id.hex)") }
      return found
    }
    if text.utf8.count < 7, let number = Int(text) {
      guard let found = try list().versions.first(where: { $0.number == number }) else {
        throw .unknownVersion(text)
      }
      return found
    }
    let isHash = (7...64).contains(text.utf8.count) && text.utf8.allSatisfy(Store.isHexDigit)
    guard isHash else { throw .unknownVersion(text) }
    let found = try candidates({ $0.id.hex.hasPrefix(text) }, prefix: String(text.prefix(16)))
    guard found.count < 2 else { throw .ambiguous(text, candidates: found.map(\.folderName)) }
    guard let only = found.first else { throw .unknownVersion(text) }
    return only
  }

  /// A version's content, every byte of it verified.
  public func load(_ version: Version) throws(StoreError) -> Bundle {
    let path = "\(versionsFolder)/\(version.folderName)"
    let bundle = try read(path)
    guard bundle.id == version.id else {
      throw .wrongHash(
        path: "\(path)/\(Store.manifestFile)", expected: version.id, found: bundle.id)
    }
    return bundle
  }

  /// Where a version's files lie, for people who want to look.
  public func path(of version: Version) -> String { "\(versionsFolder)/\(version.folderName)" }

  /// Reads and verifies the files of a version's folder, wherever it lies.
  func read(_ path: String) throws(StoreError) -> Bundle {
    let manifest = try manifest(path)
    var contents: [[UInt8]] = []
    for (part, seal) in zip(Part.allCases, manifest.seals) {
      let file = "\(path)/\(part.rawValue)"
      let bytes = try disk.read(file)
      guard bytes.count == seal.bytes else {
        throw .wrongSize(path: file, expected: seal.bytes, found: bytes.count)
      }
      let found = Sha256.digest(bytes)
      guard found == seal.hash else {
        throw .wrongHash(path: file, expected: seal.hash, found: found)
      }
      contents.append(bytes)
    }
    return Bundle(manifest: manifest, contents: contents)
  }

  private func manifest(_ path: String) throws(StoreError) -> Manifest {
    let file = "\(path)/\(Store.manifestFile)"
    return try Manifest(reading: try disk.read(file, limit: Manifest.largest), path: file)
  }

  private func version(in name: String) throws(StoreError) -> Version {
    let path = "\(versionsFolder)/\(name)"
    let manifest = try manifest(path)
    let id = Sha256.digest(manifest.text)
    let entry = try entry(of: id, path)
    let version = Version(
      id: id, number: entry.number, sealedAt: entry.sealedAt, manifest: manifest)
    guard version.folderName == name else {
      throw .wrongName(path: path, expected: version.folderName)
    }
    return version
  }

  private func candidates(
    _ fits: (Version) -> Bool, prefix: String
  ) throws(StoreError) -> [Version] {
    var found: [Version] = []
    for name in try disk.names(in: versionsFolder) where name.hasPrefix(prefix) {
      let version = try version(in: name)
      if fits(version) { found.append(version) }
    }
    return found
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (97...102).contains(byte)
  }
}

/// The versions of a store, and the damage found beside them.
public struct Listing: Sendable {
  public var versions: [Version] = []
  public var damaged: [StoreError] = []
}

extension Store {
  static let manifestFile = "manifest.txt"
  static let numberFile = "number.txt"

  var versionsFolder: String { "\(folder)/versions" }
  var stagingFolder: String { "\(folder)/staging" }
  var aliasesFolder: String { "\(folder)/aliases" }
  var auditFile: String { "\(folder)/audit.log" }
  var lockFile: String { "\(folder)/lock" }

  /// A version's number and the time it was sealed are a file of their own, bound to the version by a hash:
  /// the store gives them, and so they cannot be part of the content's name.
  static func numberText(_ number: Int, _ sealedAt: Instant, _ id: Digest) -> String {
    let entry = "\(number) sealed \(TimeText.text(nanos: sealedAt.nanoseconds))"
    return "\(entry) \(Sha256.digest("\(entry) of \(id.hex)").hex)\n"
  }

  private func entry(
    of id: Digest, _ path: String
  ) throws(StoreError) -> (number: Int, sealedAt: Instant) {
    let file = "\(path)/\(Store.numberFile)"
    let text = String(decoding: try disk.read(file, limit: 192), as: UTF8.self)
    let words = text.split(separator: " ").map(String.init)
    guard words.count > 3, let number = Int(words[0]), number > 0,
      let nanos = try? TimeText.parse(words[2..<words.count - 1].joined(separator: " ")),
      text == Store.numberText(number, Instant(nanoseconds: nanos), id)
    else {
      throw .malformed(
        path: file, line: 1, expected: "the number given to \(id.hex)",
        found: String(text.prefix(80)))
    }
    return (number, Instant(nanoseconds: nanos))
  }
}
