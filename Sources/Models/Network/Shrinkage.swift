internal import Numerics

/// What forecasts are worth by outcomes they have not learned from, in the order of time.
///
///     slope b = Σ w·p·y / Σ w·p²      t = b / its deviation (`Statistics.overlapVariance`)
///     share = b·t²/(t² + 1), at least nothing, at most one
///
/// The slope would be right if it were known. Of a guess b with the deviation s the multiple with the least expected
/// square of the error is b²/(b² + s²), which the fraction is.
struct Shrinkage {
  let slope: Double
  let t: Double

  init(_ forecasts: [Double], _ outcomes: [Double], _ weights: [Double]?, overlap: Int) {
    let pulls = forecasts.indices.map { (weights?[$0] ?? 1) * forecasts[$0] }
    let squares = Statistics.mean(forecasts.indices.map { pulls[$0] * forecasts[$0] })
    guard squares > 0 else {
      (slope, t) = (0, 0)
      return
    }
    let slope = Statistics.mean(forecasts.indices.map { pulls[$0] * outcomes[$0] }) / squares
    let rests = forecasts.indices.map { pulls[$0] * (outcomes[$0] - slope * forecasts[$0]) }
    let variance = max(0, Statistics.overlapVariance(rests, horizon: overlap))
    self.slope = slope
    t = variance > 0 ? slope * squares / variance.squareRoot() : .infinity
  }

  var share: Double {
    guard slope > 0, t > 0 else { return 0 }
    return min(1, slope / (1 + 1 / (t * t)))
  }
}

extension NetworkEnsemble {
  /// The same networks with a share of their forecasts: their last, linear layer is multiplied.
  func multiplied(by share: Double) -> NetworkEnsemble {
    guard share < 1 else { return self }
    let networks = members.compactMap { network -> Network? in
      var weights = network.weights
      let plates = network.shape.plates
      for place in plates[plates.count - 1].places { weights[place] *= Float(share) }
      return Network(shape: network.shape, weights: weights, unit: network.unit)
    }
    return NetworkEnsemble(networks) ?? self
  }
}
