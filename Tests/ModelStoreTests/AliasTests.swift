import Bytes
import Dispatch
import Glibc
import Market
import Synchronization
import Testing

@testable import ModelStore

@Suite struct AliasTests {
  let scratch = ScratchFolder()
  var path: String { scratch.path + "/models" }
  var store: Store { Store(folder: path) }

  private func promote(_ version: Version, _ reason: String = "better") throws {
    try store.promote("champion", to: version, by: "ann", at: noon, because: reason)
  }

  @Test func rollbackWalksBackThroughThePromotions() throws {
    let versions = try (0..<3).map { try add(bundle(salt: $0), to: store) }
    for version in versions { try promote(version) }
    let undo = { try store.rollback("champion", by: "bob", at: noon, because: "worse") }
    #expect(try undo() == versions[1])
    #expect(try undo() == versions[0])
    #expect(throws: StoreError.nothingBefore(alias: "champion")) { try undo() }
    try promote(versions[2])
    #expect(try undo() == versions[0])
    #expect(try store.resolve("champion") == versions[0])
    #expect(try store.aliases().map(\.version) == [versions[0]])
    let moves = try store.moves()
    #expect(
      moves.map(\.deed) == [
        .promote, .promote, .promote, .rollback, .rollback, .promote, .rollback,
      ])
    #expect(moves[1].from == versions[0].id && moves[1].to == versions[1].id)
    #expect(moves[3].who == "bob" && moves[3].reason == "worse")
  }

  @Test func namesThatCouldBeNumbersOrHashesAreNoAliases() throws {
    let version = try add(bundle(), to: store)
    for alias in ["7", "abcdef12", "", "Champion", "a/b", ".x"] {
      #expect(throws: StoreError.self) {
        try store.promote(alias, to: version, by: "ann", at: noon, because: "x")
      }
    }
    #expect(throws: StoreError.self) { try promote(version, "tab\there") }
  }

  @Test func aDamagedVersionIsNotPromoted() throws {
    let versions = try (0..<2).map { try add(bundle(salt: $0), to: store) }
    try promote(versions[0])
    try disk.write([0], to: "\(store.path(of: versions[1]))/probe.bin")
    #expect(throws: StoreError.self) { try promote(versions[1]) }
    #expect(try store.resolve("champion") == versions[0])
    #expect(try store.moves().count == 1)
  }

  @Test func everyFlippedByteOfTheTrailIsNoticed() throws {
    let versions = try (0..<2).map { try add(bundle(salt: $0), to: store) }
    for version in versions { try promote(version) }
    let bytes = try disk.read(store.auditFile)
    // Without its last line feed a line is what a crash leaves, and counts as not written.
    for place in bytes.indices.dropLast() {
      var damaged = bytes
      damaged[place] ^= 4
      try scribble(damaged, store.auditFile)
      #expect(throws: StoreError.self, "byte \(place)") { try store.moves() }
    }
  }

  @Test func aCrashAtAnyStepOfAPromotionIsFinishedOrUndone() throws {
    let versions = try (0..<2).map { try add(bundle(salt: $0), to: store) }
    try promote(versions[0])
    for effects in 0..<6 {
      let fuse = Fuse(effects)
      let dying = Store(
        folder: path,
        announce: { effect throws(StoreError) in
          try fuse.burn(effect)
        })
      try? dying.promote("champion", to: versions[1], by: "ann", at: noon, because: "crash")
      #expect(versions.contains(try store.resolve("champion")), "after \(effects) effects")
      // The next writer brings alias and trail together, and its own move stands.
      try promote(versions[0], "after \(effects)")
      #expect(try store.resolve("champion") == versions[0])
      let moves = try store.moves()
      for (before, after) in zip(moves, moves.dropFirst()) { #expect(after.from == before.to) }
    }
  }

  @Test func halfALineLeftByACrashIsTakenOff() throws {
    let version = try add(bundle(), to: store)
    try promote(version)
    try disk.append(Array("0123abc".utf8), to: store.auditFile)
    #expect(try store.moves().count == 1)
    try promote(version, "again")
    #expect(try store.moves().count == 2)
  }

  @Test func readersNeverSeeATornAlias() throws {
    let versions = try (0..<2).map { try add(bundle(salt: $0), to: store) }
    try promote(versions[0])
    let isDone = Atomic(false)
    let reads = Atomic(0)
    let faults = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 3) { worker in
      if worker == 0 {
        for round in 1...1_000 where (try? promote(versions[round % 2])) == nil {
          faults.add(1, ordering: .relaxed)
        }
        isDone.store(true, ordering: .releasing)
      } else {
        while !isDone.load(ordering: .acquiring) {
          let seen = try? store.resolve("champion")
          if !versions.contains(where: { $0 == seen }) { faults.add(1, ordering: .relaxed) }
          reads.add(1, ordering: .relaxed)
        }
      }
    }
    #expect(faults.load(ordering: .relaxed) == 0)
    #expect(reads.load(ordering: .relaxed) > 0)
    #expect(try store.moves().count == 1_001)
  }

  @Test func garbageInAnAliasIsATypedError() throws {
    let version = try add(bundle(), to: store)
    try promote(version)
    let file = "\(store.aliasesFolder)/champion"
    let sound = try disk.read(file)
    for place in sound.indices {
      var damaged = sound
      damaged[place] ^= 2
      try scribble(damaged, file)
      #expect(throws: StoreError.self, "byte \(place)") { try store.resolve("champion") }
    }
  }
}
