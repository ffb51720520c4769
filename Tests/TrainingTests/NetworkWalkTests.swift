import Bytes
import Features
import Market
import Models
import Numerics
import Testing

@testable import Training

/// A network among the models: learned fold by fold from windows, alive over bars as over the matrix.
@Suite struct NetworkWalkTests {
  private func small(window: Int = 5, epochs: Int = 12) throws -> NetworkParameters {
    var network = NetworkParameters()
    network.window = window
    network.recurrent = [8]
    network.dense = []
    network.dropout = 0
    network.rate = 0.01
    network.epochs = epochs
    return try network.checked()
  }

  @Test func itFindsWhatIsPlantedAndAlwaysTheSame() throws {
    let sample = planted(3_000, 4, r2: 0.3, seed: 3)
    let plan = try FoldPlan(window: .expanding, firstDays: 15, testDays: 15)
    let parameters = ModelParameters.network(try small())
    let one = try walk(sample, plan: plan, parameters: parameters, horizonBars: 1)
    let two = try walk(
      sample, plan: plan, parameters: parameters, horizonBars: 1, watch: FitWatch(workers: 2))
    #expect(one.evidence == two.evidence)
    let scores = Scores(one.evidence)
    #expect(try #require(scores.r2Zero) > 0.15)
    #expect(one.evidence.count == 1_498)
  }

  @Test func itIsNotToldTheFuture() throws {
    let sample = planted(2_000, 3, r2: 0.2, seed: 4)
    let plan = try FoldPlan(window: .expanding, firstDays: 10, testDays: 5)
    let parameters = ModelParameters.network(try small(epochs: 2))
    let whole = try walk(sample, plan: plan, parameters: parameters, horizonBars: 1)
    let changed = try walk(
      altered(sample, from: 1_600), plan: plan, parameters: parameters, horizonBars: 1)
    let before = whole.evidence.instants.prefix { $0 < sample.features.instants[1_590] }.count
    #expect(before > 400)
    #expect(
      whole.evidence.forecasts.prefix(before) == changed.evidence.forecasts.prefix(before))
  }

  @Test func liveForecastsEqualThoseOfTheWalkAcrossBreaksAndRolls() throws {
    var history = nullMarket(900, seed: 5)
    // Some bars without a trade, which windows do not show.
    for row in stride(from: 100, to: 900, by: 17) {
      let bar = history[row]
      history[row] = Bar(
        instrument: bar.instrument, tradingDay: bar.tradingDay, closedAt: bar.closedAt,
        open: bar.open, high: bar.high, low: bar.low, close: bar.close, volume: 0)
    }
    let marks = SeriesMarks(breaks: [history[600].closedAt])
    let recipe = try stationary()
    let definition = LabelDefinition(horizonBars: 5)
    let sample = Sample(
      FeatureMatrix(recipe, bars: history, grid: grid, marks: marks),
      Labels(definition, bars: history), marks: WindowMarks(history, marks: marks),
      settlingBars: recipe.warmUp.settlingBars)
    let plan = try FoldPlan(window: .expanding, firstDays: 8, testDays: 6)
    let parameters = ModelParameters.network(try small(window: 20, epochs: 1))
    let evidence = try walk(sample, plan: plan, parameters: parameters, horizonBars: 5).evidence
    let (trained, _) = try fit(
      sample, recipe: recipe, label: definition, interval: .minute5,
      symbols: [Symbol(code: "rb2105", exchange: .shfe)], parameters: parameters,
      evidence: evidence)
    #expect(try TrainedModel(decoding: trained.encoded()).model == trained.model)

    var forecaster = Forecaster(trained, as: ModelID(1), grids: [grid], marks: [marks])
    let live = history.map { forecaster.forecast(after: $0) }
    let settled = recipe.warmUp.settlingBars + 30
    for (row, bar) in history.enumerated() where row > settled {
      let isShown = bar.volume > 0 && !(600..<620).contains(row)
      if (620..<630).contains(row) { continue }
      #expect((live[row] != nil) == isShown, "bar \(row)")
    }
    // The matrix answers the same bits for the rows a stored model is proved by.
    let inputs = sample.inputs(of: trained, latest: 8)
    #expect(inputs.columns == 20 * trained.recipe.count)
    let probe = Probe(trained, rows: inputs)
    let ends = sample.learnableRows.filter { live[$0] != nil }.suffix(8)
    #expect(probe.outputs == ends.map { live[$0]?.expectedReturn })
    #expect(probe.difference(from: trained) == nil)
  }

  @Test func nearlyEveryBarAfterTheWarmUpIsForecast() throws {
    let history = nullMarket(2_000, seed: 6)
    let recipe = try stationary()
    let sample = Sample(
      FeatureMatrix(recipe, bars: history, grid: grid),
      Labels(LabelDefinition(horizonBars: 5), bars: history),
      marks: WindowMarks(history, marks: .none), settlingBars: recipe.warmUp.settlingBars)
    let plan = try FoldPlan(window: .expanding, firstDays: 20, testDays: 30)
    let evidence = try walk(
      sample, plan: plan, parameters: .network(try small(window: 60, epochs: 1)), horizonBars: 5
    ).evidence
    let asked = try plan.folds(of: sample).reduce(0) { $0 + sample.tested($1).count }
    #expect(evidence.count >= asked * 95 / 100)
  }

  @Test func aFitGoesOnFromItsState() throws {
    let sample = planted(1_200, 3, r2: 0.3, seed: 7)
    let plan = try FoldPlan(window: .expanding, firstDays: 6, testDays: 6)
    let parameters = ModelParameters.network(try small(epochs: 4))
    var states: [(Digest, [UInt8])] = []
    let whole = try walk(
      sample, plan: plan, parameters: parameters, horizonBars: 1,
      watch: FitWatch(epoch: { _, state, lesson in
        states.append((lesson, state.encoded(lesson: lesson)))
        return true
      }))
    #expect(states.count == 4)
    var epochs = 0
    let rest = try walk(
      sample, plan: plan, parameters: parameters, horizonBars: 1,
      watch: FitWatch(resuming: { lesson in
        lesson == states[1].0 ? try? NetworkTraining(decoding: states[1].1, lesson: lesson) : nil
      }) { _, _, _ in
        epochs += 1
        return true
      })
    #expect(epochs == 2 && rest.evidence == whole.evidence)
  }
}
