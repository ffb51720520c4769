internal import Bytes
public import Market

extension Store {
  /// Points an alias at a version that verifies; who and why go into the audit trail first.
  public func promote(
    _ alias: String, to version: Version, by who: String, at now: Instant, because reason: String
  ) throws(StoreError) {
    guard Store.isAlias(alias) else {
      throw .badField(
        name: "alias", found: alias, expected: "a-z, 0-9 and -, with a letter beyond f, 32 at most")
    }
    try move(alias, by: who, at: now, because: reason) { () throws(StoreError) in
      (.promote, version)
    }
  }

  /// Points an alias back at the version it had before.
  public func rollback(
    _ alias: String, by who: String, at now: Instant, because reason: String
  ) throws(StoreError) -> Version {
    guard try target(of: alias) != nil else { throw .unknownVersion(alias) }
    return try move(alias, by: who, at: now, because: reason) { () throws(StoreError) in
      guard let before = try audit().path(of: alias).dropLast().last else {
        throw .nothingBefore(alias: alias)
      }
      return (.rollback, try resolve(before.hex))
    }
  }

  /// The aliases with the versions they stand for.
  public func aliases() throws(StoreError) -> [(alias: String, version: Version)] {
    var found: [(alias: String, version: Version)] = []
    for name in try disk.names(in: aliasesFolder) where Store.isAlias(name) {
      found.append((name, try resolve(name)))
    }
    return found
  }

  /// Every move of every alias, oldest first; throws where the chain does not hold.
  public func moves() throws(StoreError) -> [Move] { try audit().moves }

  /// The content hash an alias points at; `nil` where there is no such alias.
  func target(of alias: String) throws(StoreError) -> Digest? {
    guard Store.isAlias(alias) else { return nil }
    let path = "\(aliasesFolder)/\(alias)"
    let bytes: [UInt8]
    do throws(StoreError) {
      bytes = try disk.read(path, limit: 65)
    } catch .missing {
      return nil
    }
    let text = String(decoding: bytes, as: UTF8.self)
    guard let id = Digest(hex: String(text.dropLast())), text == "\(id.hex)\n" else {
      throw .malformed(
        path: path, line: 1, expected: "a version's hash", found: String(text.prefix(80)))
    }
    return id
  }

  /// A name that can be neither a number nor a hash.
  static func isAlias(_ text: String) -> Bool {
    Origin.isName(text) && text.utf8.count <= 32
      && text.utf8.contains { (103...122).contains($0) }
  }

  @discardableResult
  private func move(
    _ alias: String, by who: String, at now: Instant, because reason: String,
    _ choose: () throws(StoreError) -> (deed: Move.Deed, version: Version)
  ) throws(StoreError) -> Version {
    try Origin.check(line: who, "who")
    try Origin.check(line: reason, "reason")
    return try disk.locked(lockFile) { () throws(StoreError) in
      let audit = try mended()
      let (deed, version) = try choose()
      _ = try load(version)
      let move = Move(
        at: now, who: who, deed: deed, alias: alias, from: try target(of: alias), to: version.id,
        reason: reason)
      try disk.append(Array(audit.line(move).utf8), to: auditFile)
      try disk.syncFolder(folder)
      try point(alias, at: version.id)
      return version
    }
  }

  /// The trail's end after finishing what a crash cut short: half a line goes, a noted move is made.
  ///
  /// Only the last move can be unfinished, since every writer comes through here before its own.
  private func mended() throws(StoreError) -> Audit {
    guard let bytes = try auditBytes(last: Audit.tailBytes) else { return Audit() }
    let audit = try read(end: bytes)
    let half = bytes.count - audit.soundBytes
    if half > 0 { try disk.shorten(auditFile, to: try disk.size(auditFile) - half) }
    if let last = audit.moves.last, try target(of: last.alias) != last.to {
      try point(last.alias, at: last.to)
    }
    return audit
  }

  private func read(end bytes: [UInt8]) throws(StoreError) -> Audit {
    if bytes.count < Audit.tailBytes { return try Audit(reading: bytes, path: auditFile) }
    do throws(StoreError) {
      return try Audit.tail(bytes, path: auditFile)
    } catch {
      // The whole trail knows the line.
      _ = try audit()
      throw error
    }
  }

  private func point(_ alias: String, at id: Digest) throws(StoreError) {
    let fresh = "\(aliasesFolder)/.\(alias).new"
    try disk.write(Array("\(id.hex)\n".utf8), to: fresh)
    try disk.rename(fresh, to: "\(aliasesFolder)/\(alias)")
    try disk.syncFolder(aliasesFolder)
  }

  private func audit() throws(StoreError) -> Audit {
    guard let bytes = try auditBytes() else { return Audit() }
    return try Audit(reading: bytes, path: auditFile)
  }

  private func auditBytes(last: Int = .max) throws(StoreError) -> [UInt8]? {
    do throws(StoreError) {
      return try disk.read(auditFile, last: last, limit: Audit.largest)
    } catch .missing {
      return nil
    }
  }
}
