import Bytes
import Glibc
import Market
import Synchronization
import Testing

@testable import ModelStore

/// Lets a store do so many things to the disk, then stops it as a crash would.
final class Fuse: Sendable {
  private let left: Atomic<Int>

  init(_ effects: Int) { left = Atomic(effects) }

  var isBurnt: Bool { left.load(ordering: .relaxed) < 0 }

  func burn(_ effect: String) throws(StoreError) {
    let before = left.subtract(1, ordering: .relaxed).oldValue
    guard before > 0 else {
      throw .system(operation: effect, path: "", reason: "the power went out")
    }
  }
}

@Suite struct AddingTests {
  let scratch = ScratchFolder()
  var path: String { scratch.path + "/models" }
  var store: Store { Store(folder: path) }

  @Test func aCrashAtAnyStepLeavesNoHalfVersion() throws {
    let first = try add(bundle(salt: 1), to: store)
    var crashes = 0
    var effects = 0
    while true {
      let fuse = Fuse(effects)
      let dying = Store(
        folder: path,
        announce: { effect throws(StoreError) in
          try fuse.burn(effect)
        })
      let stored = try? add(bundle(), to: dying)
      let seen = try store.list()
      #expect(seen.damaged.isEmpty, "after \(effects) effects")
      for version in seen.versions { _ = try store.load(version) }
      #expect(seen.versions.first == first)
      // A crash after the rename: the version is whole, and adding it again finds it.
      if seen.versions.count == 2 || stored != nil { break }
      effects += 1
      crashes += 1
    }
    #expect(crashes > 12)
    let second = try add(bundle(), to: store)
    #expect(second.number == 2)
    #expect(try store.load(second) == bundle())
    #expect(try disk.names(in: store.stagingFolder).isEmpty)
  }

  @Test func leftOversGoAfterADay() throws {
    let fuse = Fuse(8)
    let dying = Store(
      folder: path,
      announce: { effect throws(StoreError) in
        try fuse.burn(effect)
      })
    #expect(throws: StoreError.self) { try add(bundle(), to: dying) }
    let name = try #require(try disk.names(in: store.stagingFolder).first)
    let changed = try #require(disk.lastChanged("\(store.stagingFolder)/\(name)"))
    let written = Instant(seconds: changed)
    #expect(try store.collectStaging(at: written.advanced(bySeconds: 86_400)) == 0)
    #expect(try store.collectStaging(at: written.advanced(bySeconds: 86_401)) == 1)
    #expect(try disk.names(in: store.stagingFolder).isEmpty)
  }

  @Test func numbersStayFreeOfDamagedVersions() throws {
    let versions = try (0..<3).map { try add(bundle(salt: $0), to: store) }
    unlink("\(store.path(of: versions[2]))/\(Store.manifestFile)")
    #expect(try add(bundle(salt: 9), to: store).number == 4)
  }
}
