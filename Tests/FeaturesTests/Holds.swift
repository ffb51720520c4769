import Testing

/// `#expect` for the inside of long loops: as strict, and cheap while it holds.
func holds(
  _ condition: Bool, _ message: @autoclosure () -> String,
  at location: SourceLocation = #_sourceLocation
) {
  guard !condition else { return }
  Issue.record(Comment(rawValue: message()), sourceLocation: location)
}
