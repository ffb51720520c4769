public import Bytes
public import Console
import Market
public import ModelStore
public import Research

extension WorkSettings {
  /// Makes a new version of findings; without a name it is called after `usual` and the series, or
  /// after being a panel.
  public func seal(
    _ findings: Findings, _ series: [LoadedSeries], data: Digest, name: String?, usual: String,
    build: String, parent: Digest? = nil
  ) throws(Failure) -> Version {
    let one = String(series[0].symbol.code.map { $0 == "." ? "-" : $0 })
    let code = series.count > 1 ? "panel" : one
    do {
      try makeFolder(modelsFolder)
      let bundle = try findings.bundle(
        name: name ?? "\(usual)-\(code)".lowercased(), parent: parent,
        data: data, build: build, settings: settingsText)
      return try store.add(bundle, at: wallClock(), difference: ProvenModel.difference)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.store, "\(error)")
    }
  }
}
