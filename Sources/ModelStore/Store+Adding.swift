internal import Bytes
public import Market

extension Store {
  /// Stores a bundle as a new version: whole, verified and on the disk, or not at all.
  ///
  /// `difference` decodes what was read back and says how its outputs differ from the probe's; `nil` means
  /// that they are the same. Content that is stored already keeps its first number and time.
  public func add(
    _ bundle: Bundle, at now: Instant, difference: (Bundle) -> String?
  ) throws(StoreError) -> Version {
    for path in [folder, versionsFolder, stagingFolder, aliasesFolder] {
      try disk.makeFolder(path)
    }
    return try disk.locked(lockFile) { () throws(StoreError) in
      let listing = try list()
      if let stored = listing.versions.first(where: { $0.id == bundle.id }) {
        _ = try load(stored)
        return stored
      }
      let version = Version(
        id: bundle.id, number: try nextNumber(listing), sealedAt: now, manifest: bundle.manifest)
      let staging = try stage(bundle, as: version)
      let copy = try read(staging)
      guard copy == bundle else {
        throw .wrongHash(path: staging, expected: bundle.id, found: copy.id)
      }
      if let found = difference(copy) { throw .probeDiffers(path: staging, difference: found) }
      try disk.rename(staging, to: path(of: version))
      try disk.syncFolder(versionsFolder)
      return version
    }
  }

  /// Removes what crashed attempts left behind, once it is a day old.
  public func collectStaging(at now: Instant) throws(StoreError) -> Int {
    guard !(try disk.names(in: stagingFolder)).isEmpty else { return 0 }
    return try disk.locked(lockFile) { () throws(StoreError) in
      var removed = 0
      for name in try disk.names(in: stagingFolder) {
        let path = "\(stagingFolder)/\(name)"
        guard let changed = disk.lastChanged(path),
          Instant(seconds: changed).advanced(bySeconds: 86_400) < now
        else { continue }
        try disk.removeFolder(path)
        removed += 1
      }
      return removed
    }
  }

  private func stage(_ bundle: Bundle, as version: Version) throws(StoreError) -> String {
    let path = "\(stagingFolder)/\(version.folderName)"
    // A crashed attempt at the same content: the lock is ours, so nobody else is writing there.
    if disk.lastChanged(path) != nil { try disk.removeFolder(path) }
    try disk.makeFolder(path)
    for part in Part.allCases { try disk.write(bundle[part], to: "\(path)/\(part.rawValue)") }
    let number = Store.numberText(version.number, version.sealedAt, version.id)
    try disk.write(Array(number.utf8), to: "\(path)/\(Store.numberFile)")
    try disk.write(Array(bundle.manifest.text.utf8), to: "\(path)/\(Store.manifestFile)")
    try disk.syncFolder(path)
    return path
  }

  /// One more than any number in use; a damaged version's cannot be read, so its place stays free above.
  private func nextNumber(_ listing: Listing) throws(StoreError) -> Int {
    (listing.versions.last?.number ?? 0) + listing.damaged.count + 1
  }
}
