public import Bytes
public import Console
internal import Glibc

/// A folder that holds a plan and the units finished so far; any number of processes may work in it.
///
/// A unit appears whole by one rename and carries a seal, so that what is there is either right or
/// refused; what is missing is computed again, to the same bytes.
public struct UnitFolder: Sendable {
  public let path: String
  public let plan: UnitPlan

  private static let planFile = "plan.txt"
  static let largest = 1 << 30

  /// Makes the folder, or takes up the one that holds the same plan.
  public init(_ plan: UnitPlan, at path: String) throws(Failure) {
    self.path = path
    self.plan = plan
    let file = "\(path)/\(Self.planFile)"
    if isFile(file) {
      let found = try UnitPlan(reading: try readText(file), path: file)
      guard found == plan else {
        throw Failure(
          .refused, "\(path): holds another plan; \(Self.difference(found, plan))",
          remedy: "Name another folder, or remove this one.")
      }
    } else {
      try makeFolder("\(path)/units")
      try writeFile(Array(plan.text.utf8), to: file)
    }
  }

  /// Takes up a folder; one that another build has planned is refused.
  public init(opening path: String) throws(Failure) {
    let file = "\(path)/\(Self.planFile)"
    guard isFile(file) else {
      throw Failure(
        .data, "\(path): there is no plan in it", remedy: "Make one: train plan \(path)")
    }
    self.path = path
    plan = try UnitPlan(reading: try readText(file), path: file)
    try plan.checkOurs(file)
  }

  /// Refuses what is no longer as it was when the plan was made.
  public func check(_ found: UnitPlan) throws(Failure) {
    guard found.data == plan.data else {
      let series = zip(plan.symbols, found.symbols).first { $0 != $1 }
      throw Failure(
        .data,
        "\(path): the bars are no longer those it was planned with"
          + (series.map { ": \($0.1) instead of \($0.0)" } ?? ""),
        remedy: "Plan anew, or name the time of then with data.as_of.")
    }
    guard found == plan else {
      throw Failure(
        .refused, "\(path): \(Self.difference(plan, found))", remedy: "Plan anew: train plan.")
    }
  }

  /// What a person has to know of two plans: the first thing in which they differ.
  private static func difference(_ found: UnitPlan, _ wanted: UnitPlan) -> String {
    for (name, one, other) in [
      ("build", found.build, wanted.build), ("processor", found.blas, wanted.blas),
      ("data", found.data.hex, wanted.data.hex), ("recipe", found.recipe.hex, wanted.recipe.hex),
    ] where one != other {
      return "its \(name) is \(one), not \(other)"
    }
    let setting = zip(found.settings, wanted.settings).first { $0 != $1 }
    return setting.map { "it says \($0.0), not \($0.1)" } ?? "its units are others"
  }

  func file(_ unit: String) -> String { "\(path)/units/\(unit).unit" }

  public func isFinished(_ unit: String) -> Bool { isFile(file(unit)) }

  /// How many units of the plan are there; whether they verify shows when they are read.
  public var finishedCount: Int { plan.units.count(where: isFinished) }

  /// Puts a unit's result in place, whole or not at all, with the seal of what it was computed from.
  public func write(_ result: [UInt8], of unit: String, data: Digest) throws(Failure) {
    let heading = UnitHeading(plan: plan.id, unit: unit, build: buildName(), data: data)
    try writeFile(heading.sealed(result), to: file(unit))
  }

  /// A unit's result; one that is missing, damaged or not of this plan is refused.
  public func read(_ unit: String) throws(Failure) -> [UInt8] {
    let file = file(unit)
    guard isFile(file) else {
      throw Failure(
        .tryAgain, "unit \(unit) is not finished",
        remedy: "Compute it: train unit \(path) \(unit)")
    }
    let (heading, result) = try UnitHeading.open(try readBytes(file, limit: Self.largest), file)
    guard heading.build == plan.build else {
      throw Failure(
        .refused, "\(file): computed by build \(heading.build), the plan's is \(plan.build)",
        remedy: Self.again(file))
    }
    guard heading.data == plan.data else {
      throw Failure(
        .data, "\(file): computed from data \(heading.data.hex), the plan's is \(plan.data.hex)",
        remedy: Self.again(file))
    }
    guard heading.plan == plan.id, heading.unit == unit else {
      throw Failure(
        .refused, "\(file): is unit \(heading.unit) of plan \(heading.plan.hex)",
        remedy: Self.again(file))
    }
    return result
  }

  static func again(_ file: String) -> String { "Remove \(file) and run train unit again." }

  /// Takes a unit as one's own as long as the claim lives; `nil` where another process has it.
  public func claim(_ unit: String) throws(Failure) -> UnitClaim? {
    try UnitClaim("\(path)/units/\(unit).lock")
  }

  /// Removes the folder once its result is told.
  public func remove() {
    for name in fileNames(in: "\(path)/units") { unlink("\(path)/units/\(name)") }
    rmdir("\(path)/units")
    for name in fileNames(in: path) { unlink("\(path)/\(name)") }
    rmdir(path)
  }
}

/// A unit that is this process's to compute; given up when it ends, however it ends.
public struct UnitClaim: ~Copyable {
  private let file: Int32

  fileprivate init?(_ path: String) throws(Failure) {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0 else {
      throw Failure(.failed, "\(path): cannot be opened: \(String(cString: strerror(errno)))")
    }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      close(file)
      return nil
    }
    self.file = file
  }

  /// Ends the claim here and not earlier.
  consuming func giveUp() {}

  deinit { close(file) }
}

/// What stands before a unit's result, and the seal behind it.
struct UnitHeading: Hashable {
  let plan: Digest
  let unit: String
  let build: String
  let data: Digest

  private static let mark: UInt32 = 0x5458_5541
  private static let form: UInt16 = 1
  private static let sealBytes = 32

  func sealed(_ result: [UInt8]) -> [UInt8] {
    var writer = ByteWriter(capacity: result.count + 512)
    writer.uint32(Self.mark)
    writer.uint16(Self.form)
    for text in [plan.hex, unit, build, data.hex] { writer.string(text) }
    writer.run(result)
    return writer.bytes + Sha256.digest(writer.bytes).bytes
  }

  static func open(
    _ bytes: [UInt8], _ path: String
  ) throws(Failure) -> (heading: UnitHeading, result: [UInt8]) {
    func damaged(_ how: String) -> Failure {
      Failure(.data, "\(path): damaged: \(how)", remedy: UnitFolder.again(path))
    }
    let end = bytes.count - sealBytes
    guard end > 0, Digest(bytes: Array(bytes[end...])) == Sha256.digest(Array(bytes[..<end])) else {
      throw damaged("its seal does not hold")
    }
    do {
      var reader = ByteReader(bytes, from: 0, to: end)
      guard try reader.uint32() == mark, try reader.uint16() == form else {
        throw damaged("no unit of form \(form)")
      }
      let texts = [try reader.string(), try reader.string(), try reader.string()]
      guard let plan = Digest(hex: texts[0]), let data = Digest(hex: try reader.string()) else {
        throw damaged("its heading names no hash")
      }
      let result = try reader.run("a result", limit: UnitFolder.largest)
      try reader.finish()
      return (UnitHeading(plan: plan, unit: texts[1], build: texts[2], data: data), result)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw damaged("\(error)")
    }
  }
}

/// How a unit stands.
public enum UnitState: String, Hashable, Sendable {
  case missing
  /// A process has it in hand.
  case working
  case finished
  /// It is there, and does not verify.
  case refused
}

extension UnitFolder {
  /// How each unit stands, and what is wrong with those that do not verify.
  public func states() -> [(unit: String, state: UnitState, problem: String?)] {
    plan.units.map { unit in
      do throws(Failure) {
        guard isFinished(unit) else { return (unit, try isFree(unit) ? .missing : .working, nil) }
        _ = try read(unit)
        return (unit, .finished, nil)
      } catch {
        return (unit, .refused, error.problems.first)
      }
    }
  }

  private func isFree(_ unit: String) throws(Failure) -> Bool {
    guard let own = try claim(unit) else { return false }
    own.giveUp()
    return true
  }
}
