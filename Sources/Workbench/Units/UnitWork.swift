public import Bytes
public import Console
internal import Glibc

extension UnitFolder {
  private static let pauseMicros: UInt32 = 20_000

  /// Computes the units nobody else has taken, until all of them are there or it is stopped.
  ///
  /// A unit whose process died is free again and is computed here: results never hang on who made them.
  public func complete(
    _ units: [String], data: Digest, isStopped: () -> Bool, finished: (String) -> Void,
    _ compute: (String) throws(Failure) -> [UInt8]
  ) throws(Failure) {
    var left = units
    while !left.isEmpty, !isStopped() {
      var others: [String] = []
      var wasBusy = false
      for unit in left {
        if isStopped() { return }
        if isFinished(unit) {
          finished(unit)
        } else if try take(unit, data, compute) {
          wasBusy = true
          finished(unit)
        } else {
          others.append(unit)
        }
      }
      left = others
      if !left.isEmpty, !wasBusy { usleep(Self.pauseMicros) }
    }
  }

  /// Whether the unit is there now; false where another process is at it.
  private func take(
    _ unit: String, _ data: Digest, _ compute: (String) throws(Failure) -> [UInt8]
  ) throws(Failure) -> Bool {
    guard let own = try claim(unit) else { return false }
    // Another may have finished it between the look and the claim.
    if !isFinished(unit) { try write(try compute(unit), of: unit, data: data) }
    own.giveUp()
    return true
  }
}
