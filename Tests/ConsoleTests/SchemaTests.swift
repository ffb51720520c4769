import Console
import Testing

@Suite struct SchemaTests {
  @Test func shippedConfigurationPassesItsOwnCheck() throws {
    let text = Sample.schema.yaml
    #expect(Sample.messages(text) == [])
    let given = try Sample.settings(text)
    let shipped = try Sample.settings()
    #expect(given.entries.map(\.value) == shipped.entries.map(\.value))
    #expect(given.entries.allSatisfy { $0.origin != .shipped })
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func shippedConfigurationShowsHelpKindAndRange() {
    let expected = """
      # How a forecast becomes a wish.
      strategy:
        # Expected return below which nothing is done (a ratio such as 2%, 5bp or
        # 0.02, from 0% to 10%)
        threshold: 2%
      """
    #expect(Sample.schema.yaml.contains(expected))
    #expect(Sample.schema.yaml.contains("\n#   - from:\n"))
  }

  /// JSON without tabs is YAML of our subset, so that our own reader can judge it.
  @Test func jsonSchemaIsJsonAndNamesEverySetting() throws {
    let document = YamlDocument(Array(Sample.schema.json.utf8), path: "schema.json")
    #expect(document.faults == [])
    guard case .mapping(let members) = document.root.content else { throw SettingsMissing() }
    let keys = ["$schema", "description", "type", "additionalProperties", "properties"]
    #expect(members.map(\.key) == keys)
    for entry in try Sample.settings().entries {
      let name = entry.key.split(separator: ".").last!
      #expect(Sample.schema.json.contains("\"\(name)\": {"), "\(entry.key)")
    }
    #expect(Sample.schema.json.contains("\"required\": [\"from\", \"margin\"]"))
    #expect(Sample.schema.json.contains("\"default\": null"))
  }

  @Test func mistakesInTheTableTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = Schema("", [.value("lots", .integer(1...5), "6", "Out of range")])
    }
    await #expect(processExitsWith: .failure) {
      _ = Schema("", [.required("lots", .integer(), "Without a default at the top")])
    }
    await #expect(processExitsWith: .failure) {
      _ = Schema("", [.value("maxLots", .integer(), "6", "No name a variable can have")])
    }
    await #expect(processExitsWith: .failure) {
      _ = Schema("", [.value("a", .flag, "true", ""), .value("a", .flag, "true", "Twice")])
    }
  }
}
