/// What a recipe can read of a bar.
public enum Input: String, CaseIterable, Hashable, Sendable {
  case open
  case high
  case low
  case close
  case volume
  case turnover
  case openInterest = "openinterest"
}
