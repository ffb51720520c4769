internal import Features
public import Models

/// The windows that a network learns from and those that tell it when to stop, as a fit on all rows lays them out: for
/// a peer that is to learn from the very same.
public struct WindowLesson: Sendable {
  public let training: WindowedRows
  public let held: WindowedRows

  public init(
    _ network: NetworkParameters, of sample: Sample, _ preparation: Preparation = Preparation()
  ) {
    let (rows, parameters) = (sample.learnableRows, ModelParameters.network(network))
    let lens = preparation.lens(sample, rows, nil, parameters)
    let chain = sample.chain(lens, length: network.window)
    func shown(_ rows: [Int]) -> WindowedRows {
      let chosen = network.budgeted(rows.filter { chain.hasWindow($0) })
      return sample.windows(chosen, lens, chain, preparation.weighting)
    }
    let (early, late) = sample.parted(rows, heldOut: parameters.heldOutShare)
    (training, held) = (shown(early), shown(late))
  }
}
