import Foundation
import Testing

/// Numbers made by the scripts in Tests/Goldens.
enum Golden {
  static func load<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let file = folder.appending(path: "Goldens/\(name).json")
    return try JSONDecoder().decode(type, from: Data(contentsOf: file))
  }
}

/// The distance of a result from the truth (high + low) in units of its last place.
func ulps(_ value: Double, _ high: Double, _ low: Double) -> Double {
  if value == high { return abs(low) / high.ulp }
  return abs((value - high) - low) / abs(high).ulp
}

/// Whether two numbers agree to within a share of the larger.
func agree(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
  abs(a - b) <= tolerance * max(abs(a), abs(b))
}
