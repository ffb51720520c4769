import Foundation
import Testing

/// The documents people rely on say what the code holds.
@Suite struct PageTests {
  let house = House.here

  @Test func everyFeatureHasOneStateAndIsShown() throws {
    var seen: Set<String> = []
    for (number, line) in try house.text("Documentation/FEATURES.md").components(separatedBy: "\n")
      .enumerated() where line.wholeMatch(of: /\| [A-Z]{3}-\d\d \|.*/) != nil
    {
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      let place = "FEATURES.md:\(number + 1)"
      guard cells.count >= 6 else {
        Issue.record("\(place): expected id, item, state and what shows it")
        continue
      }
      #expect(seen.insert(cells[1]).inserted, "\(place): \(cells[1]) twice")
      #expect(["met", "partly", "not yet"].contains(cells[3]), "\(place): state «\(cells[3])»")
      #expect(cells[3] == "not yet" || !cells[4].isEmpty, "\(place): what shows \(cells[1])?")
    }
    #expect(seen.count > 200)
  }

  @Test func bothReadmesShowTheTwoCommands() throws {
    for page in ["README.md", "README.zh.md"] {
      let text = try house.text(page)
      for word in ["scripts/demo", "scripts/test", "Documentation/FEATURES.md", "README"] {
        #expect(text.contains(word), "\(page) does not name \(word)")
      }
    }
  }

  @Test func linksOfPagesLeadSomewhere() throws {
    let pages = [
      "README.md", "README.zh.md", "CONTRIBUTING.md", "Documentation/decisions/README.md",
    ]
    for page in pages {
      let folder = house.root.appending(path: page).deletingLastPathComponent()
      for link in try house.text(page).matches(of: /\]\(([^)#]+)\)/).map(\.output.1)
      where !link.hasPrefix("http") {
        let target = folder.appending(path: String(link)).path
        #expect(FileManager.default.fileExists(atPath: target), "\(page): \(link) leads nowhere")
      }
    }
  }

  @Test func theCommandsOfTheMakefileExist() throws {
    let makefile = try house.text("Makefile")
    #expect(makefile.components(separatedBy: "\n").count <= 60)
    for script in makefile.matches(of: /\b(scripts\/[a-z-]+|Benchmarks\/compare)/).map(\.output.1) {
      let path = house.root.appending(path: String(script)).path
      #expect(FileManager.default.isExecutableFile(atPath: path), "\(script) cannot be run")
    }
  }
}
