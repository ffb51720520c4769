extension Schema {
  /// All problems of all files, file by file; what `config check` prints.
  public func problems(inFiles paths: [String]) -> [SettingsProblem] {
    paths.flatMap { problems(in: YamlDocument.read(path: $0)) }
  }

  /// All problems of one file, in the order of its lines.
  public func problems(in document: YamlDocument) -> [SettingsProblem] {
    do {
      _ = try Settings.resolve(self, document: document)
      return []
    } catch {
      return error.problems
    }
  }
}
