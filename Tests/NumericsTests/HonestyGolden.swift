/// What Tests/Goldens/honesty.py found on the series of the honesty checklist.
struct HonestyGolden: Decodable {
  struct Halves: Decodable {
    let blocks, combinations: Int
    let probability, logit, slope, loss, inside, outside: Double
  }
  let returns: [Double]
  let ratio, length: Double
  let probabilities, deflated, greatest, annualisations: [[Double]]
  let trials, noise: [[Double]]
  let overfit: [Halves]
  let overfitNoise: Halves
  let blockLengths, superior, superiorNoise: [Double]
  let outcomes, forecasts: [Double]
  let dieboldMariano: [[Double]]
  let clarkWest, pesaranTimmermann: Double
  let expected, actual: [Double]
  let stability, wasserstein: Double
  let kolmogorov: [Double]
  let pValues: [Double]
  let corrected: [String: [Double]]
  let interval: [Double]

  static func load() throws -> HonestyGolden { try Golden.load("honesty", as: HonestyGolden.self) }
}
