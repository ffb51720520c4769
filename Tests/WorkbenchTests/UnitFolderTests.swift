import Bytes
import Console
import Foundation
import Testing

@testable import Workbench

@Suite struct UnitFolderTests {
  private let path = NSTemporaryDirectory() + "auspex-units-" + UUID().uuidString

  private func plan(data: String = "bars", units: [String] = ["a", "b"]) -> UnitPlan {
    UnitPlan(
      .walk, symbols: ["rb2105.SHFE 00"], data: Sha256.digest(data), recipe: Sha256.digest("x"),
      settings: ["label.horizon 5"], units: units)
  }

  private func failure(_ work: () throws(Failure) -> Void) -> Failure? {
    do {
      try work()
      return nil
    } catch { return error }
  }

  @Test func aPlanReadsBack() throws {
    let plan = plan()
    #expect(try UnitPlan(reading: plan.text, path: "plan.txt") == plan)
    for (wrong, word) in [
      ("", "plan.txt:1"), (plan.text + "colour red\n", "expected one of"),
      (plan.text.replacing("kind walk", with: "kind run"), "missing"),
    ] {
      let found = failure { () throws(Failure) in
        _ = try UnitPlan(reading: wrong, path: "plan.txt")
      }
      #expect(found?.problems.first?.contains(word) == true, "\(String(describing: found))")
    }
  }

  @Test func unitsAreComputedOnceAndReadBack() throws {
    let folder = try UnitFolder(plan(), at: path)
    defer { folder.remove() }
    var computed: [String] = []
    for _ in 0..<2 {
      try folder.complete(
        ["a", "b"], data: folder.plan.data, isStopped: { false }, finished: { _ in }
      ) { unit throws(Failure) in
        computed.append(unit)
        return Array("result of \(unit)".utf8)
      }
    }
    #expect(computed == ["a", "b"] && folder.finishedCount == 2)
    #expect(try UnitFolder(opening: path).read("b") == Array("result of b".utf8))
    #expect(folder.states().map(\.state) == [.finished, .finished])
  }

  @Test func aUnitInHandIsLeftToWhoHasIt() throws {
    let folder = try UnitFolder(plan(), at: path)
    defer { folder.remove() }
    guard let claim = try folder.claim("a") else {
      Issue.record("nobody else has it")
      return
    }
    #expect(folder.states().map(\.state) == [.working, .missing])
    claim.giveUp()
    #expect(folder.states().map(\.state) == [.missing, .missing])
  }

  @Test func whatDoesNotVerifyIsRefused() throws {
    let folder = try UnitFolder(plan(), at: path)
    defer { folder.remove() }
    func refused(_ unit: String, _ code: ExitCode, _ word: String) {
      let found = failure { () throws(Failure) in _ = try folder.read(unit) }
      #expect(found?.exitCode == code, "\(String(describing: found))")
      #expect(found?.problems.first?.contains(word) == true, "\(String(describing: found))")
    }
    refused("a", .tryAgain, "not finished")
    try folder.write([1, 2, 3], of: "a", data: Sha256.digest("others"))
    refused("a", .data, "computed from data")
    try folder.write([1, 2, 3], of: "a", data: folder.plan.data)
    #expect(try folder.read("a") == [1, 2, 3])
    try FileManager.default.copyItem(atPath: folder.file("a"), toPath: folder.file("b"))
    refused("b", .refused, "is unit a")
    let bytes = try readBytes(folder.file("a"), limit: 1_000)
    for place in [0, 4, 20, bytes.count - 40, bytes.count - 1] {
      var damaged = bytes
      damaged[place] ^= 1
      try writeFile(damaged, to: folder.file("a"))
      refused("a", .data, "its seal does not hold")
    }
    try writeFile(Array(bytes.dropLast(40)), to: folder.file("a"))
    refused("a", .data, "damaged")
  }

  @Test func anotherPlanIsRefused() throws {
    let folder = try UnitFolder(plan(), at: path)
    defer { folder.remove() }
    #expect(try UnitFolder(plan(), at: path).plan == folder.plan)
    let other = failure { () throws(Failure) in _ = try UnitFolder(plan(data: "y"), at: path) }
    #expect(other?.exitCode == .refused && other?.problems[0].contains("data") == true)
    #expect(
      failure { () throws(Failure) in try folder.check(plan(data: "y")) }?.exitCode == .data)
    #expect(
      failure { () throws(Failure) in try folder.check(plan(units: ["a"])) }?.exitCode == .refused)
    let foreign = folder.plan.text.replacing(/build .*/, with: "build 0.0.0 0123")
    try writeFile(Array(foreign.utf8), to: "\(path)/plan.txt")
    #expect(
      failure { () throws(Failure) in _ = try UnitFolder(opening: path) }?.exitCode == .refused)
  }
}
