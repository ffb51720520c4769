import Fixtures
import Foundation
import Testing

/// A person with a database of vn.py gets an honest report in three commands.
@Suite struct VnpyTests {
  /// Makes the database that vn.py would have collected of a made-up market.
  private func makeDatabase(_ place: borrowing Workplace) throws {
    try place.run(
      "data make --kind null --symbol rb2105.SHFE --until 2020-02-14 --archive made.sqlite")
    let bars = try place.run("data export rb2105.SHFE --stamp start --archive made.sqlite").output
    FileBytes.write(Array(bars.utf8), to: place.path("bars.csv"))
    let script = """
      import csv, sqlite3
      base = sqlite3.connect("database.db")
      base.execute('CREATE TABLE "dbbardata" ("id" INTEGER NOT NULL PRIMARY KEY, '
        '"symbol" VARCHAR(255) NOT NULL, "exchange" VARCHAR(255) NOT NULL, "datetime" DATETIME NOT NULL, '
        '"interval" VARCHAR(255) NOT NULL, "volume" REAL NOT NULL, "turnover" REAL NOT NULL, '
        '"open_interest" REAL NOT NULL, "open_price" REAL NOT NULL, "high_price" REAL NOT NULL, '
        '"low_price" REAL NOT NULL, "close_price" REAL NOT NULL)')
      base.execute('CREATE TABLE "dbtickdata" ("id" INTEGER NOT NULL PRIMARY KEY)')
      names = ("datetime", "volume", "turnover", "open_interest", "open", "high", "low", "close")
      base.executemany(
        "INSERT INTO dbbardata(symbol, exchange, interval, datetime, volume, turnover, open_interest, "
        "open_price, high_price, low_price, close_price) VALUES('rb2105', 'SHFE', '1m', ?,?,?,?,?,?,?,?)",
        [tuple(row[name] for name in names) for row in csv.DictReader(open("bars.csv"))])
      base.commit()
      """
    FileBytes.write(Array(script.utf8), to: place.path("make.py"))
    let maker = Spawned("/usr/bin/env", ["-C", place.folder, "python3", "make.py"])
    try #require(maker.wait() == 0, "\(maker.talkText)")
  }

  @Test func threeCommandsToAnHonestReport() throws {
    let place = Workplace()
    try makeDatabase(place)
    let adopted = try place.run("data adopt vnpy database.db")
    #expect(adopted.output.contains("rb2105.SHFE"), "\(adopted.output)")
    try place.run("train fit --symbol rb2105.SHFE --until 2020-01-31")
    let report = try place.run(
      "evaluate backtest --symbol rb2105.SHFE --forecasts model --model 1 --report report.html --json"
    )
    let figures = try #require(try report.object()["figures"] as? [String: Any])
    #expect(figures["finalEquity"] != nil, "\(report.output)")
    #expect(!FileBytes.read(place.path("report.html")).isEmpty)

    // The bars are those of the market, minute for minute.
    let back = try place.run("data export rb2105.SHFE --stamp start").output
    #expect(Array(back.utf8) == FileBytes.read(place.path("bars.csv")))
    let again = try place.run("data adopt vnpy database.db --json")
    #expect(again.output.contains("\"added\":0"), "\(again.output)")
  }
}
