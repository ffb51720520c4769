internal import Features
internal import Models

extension Sample {
  /// Fits on the rows given, holding out what the model wants to be told by when to stop: each member of a
  /// committee what it wants itself.
  func fit(
    _ parameters: ModelParameters, _ rows: [Int], _ lens: Lens, _ weighting: Weighting
  ) throws(ModelsError) -> Fitted {
    if case .committee(let committee) = parameters {
      var models: [Model] = []
      for member in committee.members {
        models.append(try fit(member, rows, lens, weighting).model)
      }
      return Fitted(try committee.joined(models, fittedOn: scaled(rows, by: lens)))
    }
    let (early, late) = parted(rows, heldOut: parameters.heldOutShare)
    return try parameters.choosing(lens.columns).fit(
      try lesson(early, lens, weighting),
      validation: late.isEmpty ? nil : try lesson(late, lens, weighting))
  }
}
