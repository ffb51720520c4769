public import Console
import Market
public import ModelStore
public import Research

extension WorkSettings {
  /// Makes a new version of findings; without a name it is called after `usual` and the series.
  public func seal(
    _ findings: Findings, _ series: LoadedSeries, name: String?, usual: String, build: String
  ) throws(Failure) -> Version {
    let code = series.symbol.code.map { $0 == "." ? "-" : $0 }
    do {
      try makeFolder(modelsFolder)
      let bundle = try findings.bundle(
        name: name ?? "\(usual)-\(String(code))".lowercased(), parent: nil,
        data: series.fingerprint, build: build, settings: settingsText)
      return try store.add(bundle, at: wallClock(), difference: ProvenModel.difference)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.store, "\(error)")
    }
  }
}
