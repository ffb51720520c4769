import Bytes
import Glibc
import Market
import Testing

@testable import ModelStore

@Suite struct StoreTests {
  let scratch = ScratchFolder()
  var store: Store { Store(folder: scratch.path + "/models") }

  @Test func whatWasStoredIsReadBack() throws {
    let bundle = try bundle()
    let version = try add(bundle, to: store)
    #expect(version.number == 1)
    #expect(version.id == bundle.id)
    #expect(version.model.description == String(bundle.id.hex.prefix(16)))
    #expect(try store.load(version) == bundle)
    #expect(try store.list().versions == [version])
    #expect(try disk.names(in: store.stagingFolder).isEmpty)
  }

  @Test func theSameContentIsOneVersion() throws {
    let first = try add(bundle(), to: store)
    let second = try add(bundle(salt: 1), to: store)
    #expect(try add(bundle(), to: store) == first)
    #expect(second.number == 2)
    #expect(try store.list().versions.map(\.number) == [1, 2])
  }

  @Test func anyPartOrFactChangesTheId() throws {
    let base = try bundle()
    for part in Part.allCases {
      let other = try Bundle(base.manifest.origin) { $0 == part ? [1] : base[$0] }
      #expect(other.id != base.id, "\(part)")
    }
    var origin = base.manifest.origin
    origin.seed = 8
    #expect(try Bundle(origin) { base[$0] }.id != base.id)
  }

  @Test func versionsAreFoundByAliasNumberAndHash() throws {
    let versions = try (0..<12).map { try add(bundle(salt: $0), to: store) }
    try store.promote("champion", to: versions[4], by: "ann", at: noon, because: "first")
    #expect(try store.resolve("champion") == versions[4])
    #expect(try store.resolve("12") == versions[11])
    #expect(try store.resolve(String(versions[7].id.hex.prefix(9))) == versions[7])
    #expect(try store.resolve(versions[8].id.hex) == versions[8])
    for unknown in ["13", "0", "challenger", "abc", "fffffff", "", "-1", "../lock"] {
      #expect(throws: StoreError.unknownVersion(unknown)) { try store.resolve(unknown) }
    }
  }

  @Test func aModelThatDoesNotReproduceItsProbeIsNotStored() throws {
    #expect(throws: StoreError.self) {
      try store.add(bundle(), at: noon) { _ in "row 3 gives 0.1" }
    }
    #expect(try store.list().versions.isEmpty)
  }

  @Test func fieldsThatCannotBeALineAreRefused() throws {
    var origin = try bundle().manifest.origin
    origin.label = "two\nlines"
    #expect(throws: StoreError.self) { try Bundle(origin) { _ in [] } }
    origin.label = "one"
    origin.name = "../up"
    #expect(throws: StoreError.self) { try Bundle(origin) { _ in [] } }
    origin.name = "up"
    origin.metrics = [Origin.Metric(name: "r2", value: .nan)]
    #expect(throws: StoreError.self) { try Bundle(origin) { _ in [] } }
  }

  @Test func everyFlippedByteIsNoticed() throws {
    let version = try add(bundle(), to: store)
    try eachFile(of: version) { file, bytes in
      for place in bytes.indices {
        for bit in [0, 5] as [UInt8] {
          var damaged = bytes
          damaged[place] ^= 1 << bit
          try scribble(damaged, file)
          #expect(throws: StoreError.self, "\(file) byte \(place) bit \(bit)") {
            try store.load(store.resolve("1"))
          }
        }
      }
    }
  }

  @Test func everyShortenedOrLengthenedFileIsNoticed() throws {
    let version = try add(bundle(), to: store)
    try eachFile(of: version) { file, bytes in
      for length in 0..<bytes.count {
        try scribble(Array(bytes.prefix(length)), file)
        #expect(throws: StoreError.self, "\(file) cut at \(length)") {
          try store.load(store.resolve("1"))
        }
      }
      try disk.write(bytes + [10], to: file)
      #expect(throws: StoreError.self, "\(file) with a byte more") {
        try store.load(store.resolve("1"))
      }
    }
  }

  @Test func aMissingFileAndAForeignFolderAreNamed() throws {
    let version = try add(bundle(), to: store)
    let path = store.path(of: version)
    unlink("\(path)/scaler.txt")
    #expect(throws: StoreError.missing(path: "\(path)/scaler.txt")) { try store.load(version) }
    try disk.makeFolder("\(store.versionsFolder)/notes")
    #expect(try store.list().versions == [version])
    #expect(try store.list().damaged.count == 1)
  }

  /// Hands each file of a version to the body, and mends it afterwards.
  private func eachFile(
    of version: Version, _ body: (String, [UInt8]) throws -> Void
  ) throws {
    let path = store.path(of: version)
    for name in try disk.names(in: path) {
      let bytes = try disk.read("\(path)/\(name)")
      try body("\(path)/\(name)", bytes)
      try disk.write(bytes, to: "\(path)/\(name)")
    }
    #expect(try store.load(version) == bundle())
  }
}
