internal import Features
internal import Models

extension Sample {
  /// Fits on the rows given, holding out what the model wants to be told by when to stop: each member of a
  /// committee what it wants itself. Boosted trees may be built upon others, and networks begin with others' weights.
  func fit(
    _ parameters: ModelParameters, _ rows: [Int], _ lens: Lens, _ weighting: Weighting,
    _ watch: FitWatch = FitWatch(), continuing parent: Model? = nil
  ) throws(ModelsError) -> Fitted {
    if case .committee(let committee) = parameters {
      var models: [Model] = []
      for member in committee.members {
        models.append(try fit(member, rows, lens, weighting).model)
      }
      return Fitted(try committee.joined(models, fittedOn: scaled(rows, by: lens)))
    }
    let (early, late) = parted(rows, heldOut: parameters.heldOutShare)
    if case .network(let network) = parameters {
      let chain = chain(lens, length: network.window)
      func shown(_ rows: [Int]) -> WindowedRows {
        let chosen = network.budgeted(rows.filter { chain.hasWindow($0) })
        return windows(chosen, lens, chain, weighting)
      }
      let held = late.isEmpty ? nil : shown(late)
      return Fitted(
        .network(try watch.fit(network, shown(early), held, from: parent?.networks).ensemble))
    }
    return try parameters.choosing(lens.columns).fit(
      try lesson(early, lens, weighting),
      validation: late.isEmpty ? nil : try lesson(late, lens, weighting),
      continuing: parent?.trees)
  }
}
