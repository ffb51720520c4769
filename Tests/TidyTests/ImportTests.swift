import Foundation
import Testing

/// Who may import whom: the table of Documentation/ARCHITECTURE.md is the law, the manifest and every import obey.
@Suite struct ImportTests {
  let house = House.here
  let plan: [Room]

  /// One row of the table.
  struct Room {
    let name: String
    let isPure: Bool
    let imports: Set<String>
  }

  /// What the world may use without a row: the C library and Swift's own modules. Pure rooms have no such list.
  static let worldly: Set<String> = ["Glibc", "FoundationEssentials", "Synchronization"]
  /// C modules that speak to nothing outside the process.
  static let pureC: Set<String> = ["COpenBLAS", "CKernels"]

  init() throws {
    plan = try Self.rooms(House.here.text("Documentation/ARCHITECTURE.md"))
  }

  @Test func everyImportStandsInTheTable() {
    for file in house.sources where file.module != "notebooks" {
      guard let room = plan.first(where: { $0.name == file.module }) else {
        Issue.record("\(file.path): module \(file.module) has no row in ARCHITECTURE.md")
        continue
      }
      let allowed = room.isPure ? room.imports : room.imports.union(Self.worldly)
      for found in file.imports where !allowed.contains(found.module) {
        Issue.record(
          "\(file.path):\(found.line): \(room.name) may not import \(found.module); see the table")
      }
    }
  }

  @Test func theManifestSaysWhatTheTableSays() throws {
    let manifest = try house.text("Package.swift")
    for room in plan where manifest.contains("(\"\(room.name)\", [") {
      let declared = try declaredImports(of: room.name, in: manifest)
      #expect(declared == room.imports, "\(room.name): manifest and table differ")
    }
  }

  @Test func pureRoomsImportPureRoomsAlone() {
    let pure = Set(plan.filter(\.isPure).map(\.name)).union(Self.pureC)
    for room in plan where room.isPure {
      let worldly = room.imports.subtracting(pure)
      #expect(worldly.isEmpty, "\(room.name) is pure but imports \(worldly.sorted())")
    }
  }

  @Test func nobodyImportsInACircle() {
    var settled: Set<String> = []
    var left = plan
    while let next = left.firstIndex(where: { room in
      room.imports.allSatisfy { name in settled.contains(name) || !plan.contains { $0.name == name }
      }
    }) {
      settled.insert(left.remove(at: next).name)
    }
    #expect(left.isEmpty, "in a circle: \(left.map(\.name))")
  }

  @Test func everyRoomOfTheTableExists() {
    let found = Set(house.sources.map(\.module))
    for room in plan { #expect(found.contains(room.name), "\(room.name) is a room without code") }
  }

  @Test func testTargetsMirrorModules() {
    let modules = Set(plan.map(\.name))
    let shared: Set = [
      "TidyTests", "ScenarioTests", "SimulatorTests", "CAllocations", "CsvOracle", "Fixtures",
      "ModelOracle", "Specimen", "Trials", "YamlOracle",
    ]
    for folder in Set(house.tests.map(\.module)) where !shared.contains(folder) {
      #expect(
        modules.contains(folder.replacing("Tests", with: "")), "Tests/\(folder) mirrors nothing")
    }
  }

  private func declaredImports(of name: String, in manifest: String) throws -> Set<String> {
    let start = try #require(manifest.firstRange(of: "(\"\(name)\", [")).upperBound
    let end = try #require(manifest[start...].firstIndex(of: "]"))
    return Set(manifest[start..<end].matches(of: /"([A-Za-z]+)"/).map { String($0.output.1) })
  }

  /// Reads the rows `| \`Name\` | purpose | imports |`, pure ones above the row that says `world`.
  static func rooms(_ text: String) throws -> [Room] {
    var isPure = false
    var rooms: [Room] = []
    for line in text.components(separatedBy: "\n") where line.hasPrefix("|") {
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count >= 5 else { continue }
      if cells[1] == "**pure**" { isPure = true }
      if cells[1] == "**world**" { isPure = false }
      guard let name = cells[1].wholeMatch(of: /`([A-Za-z]+)`/)?.output.1 else { continue }
      let imports = cells[3] == "–" ? [] : cells[3].split(separator: " ").map(String.init)
      rooms.append(Room(name: String(name), isPure: isPure, imports: Set(imports)))
    }
    return rooms
  }
}
