import Console
import Features
import Foundation
import Market
import Research
import Testing
import Training

@testable import Workbench

/// The settings shipped for three kinds of market are good, whole, and about what they say.
@Suite struct TrainConfigTests {
  private let home: Home = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().path
    return Home(folder: root)
  }()

  private func work(_ path: String) throws -> WorkSettings {
    let document = YamlDocument.read(path: path)
    #expect(Schema.work.problems(in: document).map(\.message).isEmpty)
    return try WorkSettings(
      home: home, settings: Settings.resolve(.work, document: document))
  }

  @Test func eachIsGoodAndCanBeSearched() throws {
    let files = home.yamlFiles(in: "config/train")
    #expect(files.count >= 2)
    for file in files {
      let work = try work(file)
      let experiment = try work.experiment(work.symbols)
      #expect(experiment.recipe.count > 10, "\(file)")
      #expect(try work.search(work.varied()).count > 1, "\(file)")
    }
  }

  @Test func pairsLearnWithoutVolume() throws {
    let work = try work(home.path("config/train/hourly-pair.yaml"))
    #expect(work.interval == .hour)
    let recipe = try work.experiment(work.symbols).recipe
    for formula in recipe.formulas { #expect(!formula.contains("volume"), "\(formula)") }
  }
}
