#include <courtesy/store/open_store.h>
#include <courtesy/store/sqlite.h>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cmath>
#include <limits>
#include <vector>

#include "../support/temp_folder.h"
#include "store_errors.h"

namespace courtesy {
namespace {

using testing_folder::TempFolder;
using testing_store::expect_says;
using testing_store::refusal;

TEST(Database, IsOpenedHardened) {
  const TempFolder folder;
  Database database = std::move(open_store(folder / "shop.db", {}).database);
  struct Case {
    const char* pragma;
    std::int64_t value;
  };
  for (const Case& c : std::vector<Case>{
           {"trusted_schema", 0}, {"secure_delete", 1}, {"cell_size_check", 1}, {"mmap_size", 0}, {"synchronous", 1}}) {
    EXPECT_EQ(database.integer(std::string("PRAGMA ") + c.pragma), c.value) << c.pragma;
  }
  int defensive = 0;
  sqlite3_db_config(database.handle(), SQLITE_DBCONFIG_DEFENSIVE, -1, &defensive);
  EXPECT_EQ(defensive, 1);
  // What a tampered file might hold does not run.
  database.execute(
      "CREATE TABLE seen (x); CREATE TRIGGER evil AFTER INSERT ON words BEGIN INSERT INTO seen VALUES (1); END;"
      "INSERT INTO words (text) VALUES ('email');");
  EXPECT_EQ(database.integer("SELECT count(*) FROM seen"), 0);
  EXPECT_EQ(Database(folder / "shop.db", {.synchronous = Synchronous::full}).integer("PRAGMA synchronous"), 2);
}

TEST(Database, LetsTheWalGrowUntilItIsToldToCopyIt) {
  const TempFolder folder;
  Database database = std::move(open_store(folder / "shop.db", {}).database);
  database.checkpoint(true);
  EXPECT_EQ(database.wal_bytes(), 0);
  {
    Transaction transaction(database, Transaction::Kind::write);
    Statement insert = database.prepare("INSERT INTO words (text) VALUES (?1)");
    for (int i = 0; i < 60'000; ++i)
      insert.bind(1, "a word of some length, so that pages fill " + std::to_string(i)).run();
    transaction.commit();
  }
  const std::int64_t bytes = database.wal_bytes();
  EXPECT_GT(bytes, 4'096'000) << "beyond SQLite's own thousand pages";
  EXPECT_EQ(static_cast<std::int64_t>(std::filesystem::file_size(folder / "shop.db-wal")), bytes);
  // A reader of the WAL's end keeps it, and nobody waits for him.
  {
    Database other(folder / "shop.db", {});
    const Transaction reading(other, Transaction::Kind::read);
    database.execute("INSERT INTO words (text) VALUES ('one more')");
    EXPECT_FALSE(database.checkpoint(false));
  }
  EXPECT_TRUE(database.checkpoint(false));
  EXPECT_EQ(std::filesystem::file_size(folder / "shop.db-wal"), 0U);
}

TEST(Database, SaysWhatSqliteSaidButNoValue) {
  const TempFolder folder;
  Database database = std::move(open_store(folder / "shop.db", {}).database);
  Statement insert = database.prepare("INSERT INTO words (text) VALUES (?1)");
  insert.bind(1, "secret").run();
  const std::string message = refusal([&] { insert.bind(1, "secret").run(); });
  expect_says(message, "UNIQUE constraint failed: words.text");
  expect_says(message, "shop.db");
  EXPECT_EQ(message.find("secret"), std::string::npos);
  // And it can go on.
  insert.bind(1, "other").run();
  EXPECT_EQ(database.integer("SELECT count(*) FROM words"), 2);
}

TEST(Statement, GivesBackWhatWasBound) {
  const TempFolder folder;
  Database database(folder / "any.db", {});
  database.execute("CREATE TABLE t (place INTEGER PRIMARY KEY, x)");
  const Key key{0x0123456789ABCDEF, 0xFEDCBA9876543210};
  const std::string bytes("a\0b", 3);
  const std::vector<std::uint8_t> blob{0, 255, 7};
  Statement put = database.prepare("INSERT INTO t (x) VALUES (?1)");
  put.bind(1, 7).run();
  put.bind(1, std::numeric_limits<std::int64_t>::min()).run();
  put.bind(1, true).run();
  put.bind(1, 2.5).run();
  put.bind(1, std::nan("")).run();
  put.bind(1, bytes).run();
  put.bind(1, std::string_view{}).run();
  put.bind(1, "word").run();
  put.bind(1, Instant{std::chrono::microseconds{-5}}).run();
  put.bind(1, Instant::max()).run();
  put.bind(1, key).run();
  put.bind(1, StoredId{std::int64_t{17}}).run();
  put.bind(1, StoredId{"c-17"}).run();
  put.bind(1, StoredId{}).run();
  put.bind_blob(1, blob).run();
  put.bind_null(1).run();
  Statement get = database.prepare("SELECT x FROM t ORDER BY place");
  const auto next = [&]() -> Statement& {
    EXPECT_TRUE(get.step());
    return get;
  };
  EXPECT_EQ(next().integer(0), 7);
  EXPECT_EQ(next().integer(0), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(next().integer(0), 1);
  EXPECT_EQ(next().real(0), 2.5);
  EXPECT_TRUE(std::isnan(next().real(0)));
  EXPECT_EQ(next().text(0), bytes);
  EXPECT_FALSE(next().is_null(0)) << "an empty text is no empty cell";
  EXPECT_EQ(get.text(0), "");
  EXPECT_EQ(next().text(0), "word");
  EXPECT_EQ(next().instant(0), Instant{std::chrono::microseconds{-5}});
  EXPECT_EQ(next().instant(0), Instant::max());
  EXPECT_EQ(next().key(0), key);
  EXPECT_EQ(get.blob(0)[0], 0x01) << "the order of bytes is that of the words";
  EXPECT_EQ(next().id(0), StoredId{std::int64_t{17}});
  EXPECT_EQ(next().id(0), StoredId{"c-17"});
  EXPECT_EQ(next().id(0), StoredId{});
  const auto given_back = next().blob(0);
  EXPECT_EQ((std::vector<std::uint8_t>(given_back.begin(), given_back.end())), blob);
  EXPECT_TRUE(next().is_null(0));
  EXPECT_FALSE(get.step());
}

TEST(Statement, OrdersKeysAsTheirNumbers) {
  const TempFolder folder;
  Database database(folder / "any.db", {});
  database.execute("CREATE TABLE t (x BLOB PRIMARY KEY) WITHOUT ROWID");
  Statement put = database.prepare("INSERT INTO t VALUES (?1)");
  const std::vector<Key> keys{{0, 1}, {0, 256}, {1, 0}, {255, 9}, {256, 0}, {1ULL << 63U, 0}};
  for (auto key = keys.rbegin(); key != keys.rend(); ++key) put.bind(1, *key).run();
  Statement get = database.prepare("SELECT x FROM t ORDER BY x");
  for (const Key& key : keys) {
    ASSERT_TRUE(get.step());
    EXPECT_EQ(get.key(0), key);
  }
}

TEST(Transaction, IsUndoneUnlessItWasCommitted) {
  const TempFolder folder;
  Database database = std::move(open_store(folder / "shop.db", {}).database);
  {
    const Transaction transaction(database, Transaction::Kind::write);
    EXPECT_TRUE(database.may_write());
    database.execute("INSERT INTO words (text) VALUES ('lost')");
  }
  EXPECT_EQ(database.integer("SELECT count(*) FROM words"), 0);
  EXPECT_EQ(database.rollbacks(), 1U);
  {
    Transaction transaction(database, Transaction::Kind::write);
    database.execute("INSERT INTO words (text) VALUES ('kept')");
    transaction.commit();
  }
  EXPECT_FALSE(database.in_transaction());
  EXPECT_EQ(database.text("SELECT text FROM words"), "kept");
}

TEST(Transaction, OfAReaderSeesTheFileAsItWasWhenItBegan) {
  const TempFolder folder;
  Database writer = std::move(open_store(folder / "shop.db", {}).database);
  Database reader = std::move(open_store(folder / "shop.db", {}).database);
  const Transaction reading(reader, Transaction::Kind::read);
  EXPECT_FALSE(reader.may_write());
  writer.execute("INSERT INTO words (text) VALUES ('later')");
  EXPECT_EQ(reader.integer("SELECT count(*) FROM words"), 0);
}

}  // namespace
}  // namespace courtesy
