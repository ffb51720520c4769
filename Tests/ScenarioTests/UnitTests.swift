import Fixtures
import Foundation
import Testing

/// Plans, units, their status and what merging refuses, from the command line.
@Suite struct UnitTests {
  private static let plan = "train plan walk --set training.folds=3"

  private func prepare(_ place: borrowing Workplace) throws {
    try place.run("data make --until 2020-02-14")
    let told = try place.run("\(Self.plan) --json").object()
    #expect(told["units"] as? Int == 3 && told["finished"] as? Int == 0)
  }

  private func hash(_ answer: Workplace.Answer) throws -> String {
    try #require(try answer.object()["evidence"] as? String)
  }

  @Test func unitsInAnyOrderGiveWhatTheWalkGives() throws {
    let place = Workplace()
    try prepare(place)
    #expect(place.answer("train status walk").exitCode == 75)
    let early = place.answer("train merge walk")
    #expect(early.exitCode == 75 && early.talk.contains("fold-1 is not finished"), "\(early.talk)")
    try place.run("train unit walk fold-3")
    let states = place.answer("train status walk --json")
    let units = try #require(try states.object()["units"] as? [[String: Any]])
    #expect(units.compactMap { $0["state"] as? String } == ["missing", "missing", "finished"])
    try place.run("train unit walk --jobs 2")
    try place.run("train status walk")
    let merged = try place.run("train merge walk")
    let walked = try place.run("train walk --set training.folds=3")
    // All but how often the hold-out was looked at.
    func tables(_ answer: Workplace.Answer) -> String {
      answer.output.components(separatedBy: "beside zero")[0]
    }
    #expect(tables(merged) == tables(walked) && tables(merged).contains("R² zero"))
    #expect(merged.output.contains("evidence "))
    let one = try hash(place.run("train merge walk --json"))
    #expect(try hash(place.run("train walk --set training.folds=3 --jobs 3 --json")) == one)
    // Planned again it is what it was; planned otherwise it is refused.
    try place.run(Self.plan)
    let other = place.answer("train plan walk --set training.folds=4")
    #expect(other.exitCode == 5 && other.talk.contains("another plan"), "\(other.talk)")
  }

  @Test func whatDoesNotVerifyIsRefused() throws {
    let place = Workplace()
    try prepare(place)
    try place.run("train unit walk")
    func refused(_ line: String, _ code: Int32, _ word: String) {
      let answer = place.answer(line)
      #expect(answer.exitCode == code && answer.talk.contains(word), "\(line): \(answer.talk)")
    }
    try place.damage("walk/units/fold-2.unit", at: 500)
    refused("train merge walk", 3, "its seal does not hold")
    refused("train status walk", 3, "its seal does not hold")
    try FileManager.default.removeItem(atPath: place.path("walk/units/fold-2.unit"))
    try place.run("train unit walk fold-2")
    try place.run("train merge walk")
    // A unit under another's name.
    try FileManager.default.removeItem(atPath: place.path("walk/units/fold-1.unit"))
    try FileManager.default.copyItem(
      atPath: place.path("walk/units/fold-2.unit"), toPath: place.path("walk/units/fold-1.unit"))
    refused("train merge walk", 5, "is unit fold-2")
    // A plan of another build.
    let plan = String(decoding: FileBytes.read(place.path("walk/plan.txt")), as: UTF8.self)
    let foreign = plan.replacing(/build .*/, with: "build 0.0.0 0123456789abcdef")
    FileBytes.write(Array(foreign.utf8), to: place.path("walk/plan.txt"))
    refused("train unit walk", 5, "planned by build 0.0.0")
    FileBytes.write(Array(plan.utf8), to: place.path("walk/plan.txt"))
    // Other bars than those planned with.
    try place.run("data make --until 2020-02-21")
    refused("train merge walk", 3, "the bars are no longer those")
    refused("train unit nowhere", 3, "there is no plan in it")
  }
}
