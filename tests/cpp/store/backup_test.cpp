#include <courtesy/store/backup.h>
#include <courtesy/store/erasure.h>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <functional>

#include "kept_tables.h"
#include "store_errors.h"

namespace courtesy {
namespace {

using testing_folder::read_file;
using testing_folder::TempFolder;
using testing_folder::write_file;
using testing_store::expect_says;
using testing_store::KeptTables;
using testing_store::refusal;
using testing_store::Rows;

const Rows two_people{{"id", "name", "phone"},
                      {{"cust-ada", "Ada Lovelace", "+44111"}, {"cust-bob", "Bob Babbage", "+44222"}}};
const Rows their_events{{"id", "customer", "kind", "at", "asset", "note", "topic", "ref"},
                        {{"e1", "cust-ada", "visit", "2026-01-01", "", "", "", ""},
                         {"e2", "cust-bob", "visit", "2026-01-01", "bobs-car", "bob likes tea", "", ""},
                         {"e3", "cust-ada", "referral", "2026-01-02", "", "", "", "cust-bob"},
                         {"e4", "cust-ada", "contact", "2026-01-03", "", "", "cust-bob", ""}}};

// A reminder of each customer in the outbox, with its entry in the customer's list, and an audit row.
void owe(KeptTables& shop) {
  for (const char* id : {"cust-ada", "cust-bob"}) {
    const std::string number = std::to_string(shop.number(id));
    const std::string key = "zeroblob(15) || X'0" + number + "'";
    const std::string blob = "CAST(" + key + " AS BLOB)";
    shop.store.database.execute(
        "INSERT INTO outbox (channel, wake, key, customer, customer_id, state, due, step, local, zone, priority, "
        "anchor, reason, "
        "attempts, crashes, changed, partner) VALUES (1, 1000, " +
        blob + ", " + number + ", '" + id +
        "', 0, 1000, 1, 0, 1, 0, 0, 1, 0, 0, 0, 'cust-bob'); INSERT INTO owed VALUES (" + number + ", " + blob +
        ", 1, 1000); INSERT INTO audit (at, key, customer, state, who, why) VALUES (1, " + blob + ", " + number +
        ", 0, 1, 'about " + id + "'); INSERT OR IGNORE INTO fronts (channel, wake, key) VALUES (1, 0, zeroblob(16))");
  }
}

constexpr const char* tombstone = "00112233445566778899aabbccddeeff";

TEST(Erasure, LeavesNoByteOfThePersonAndAllOfTheOthers) {
  KeptTables shop;
  shop.customers(two_people);
  shop.events(their_events);
  owe(shop);
  const std::string path = shop.folder / "shop.db";
  const std::vector<std::string> traces{"cust-bob", "Bob Babbage", "+44222", "bobs-car", "bob likes tea"};
  const std::string before = read_file(path) + read_file(path + "-wal");
  for (const std::string& trace : traces) EXPECT_NE(before.find(trace), std::string::npos) << trace;

  erase_customer(shop.store.database, *shop.store.lock, {shop.number("cust-bob"), tombstone, {}});
  backup_store(shop.store.database, shop.folder / "copy.db");
  for (const char* file : {"shop.db", "shop.db-wal", "copy.db"}) {
    const std::string bytes = read_file(shop.folder / file);
    for (const std::string& trace : traces) EXPECT_EQ(bytes.find(trace), std::string::npos) << trace << " in " << file;
  }
  EXPECT_EQ(std::filesystem::file_size(path + "-wal"), 0U);
  EXPECT_EQ(tombstones(shop.store.database), std::vector<std::string>{tombstone});
  EXPECT_EQ(check_store(shop.store.database), std::vector<std::string>{});
  EXPECT_EQ(shop.row("cust-ada")["phone"], "+44111");
  EXPECT_EQ(shop.journal.read_all().events.rows(), 3U);
  EXPECT_EQ(shop.store.database.integer("SELECT count(*) FROM outbox"), 1);
  EXPECT_EQ(shop.store.database.integer("SELECT count(*) FROM audit"), 1);
  // The same rows once more: of the others they are what is there.
  shop.erased = {"cust-bob"};
  EXPECT_EQ(testing_store::counts(shop.events(their_events)), "added 0, changed 0, unchanged 3, erased 1");
}

TEST(Backup, IsTheWholeStoreInAFileThatIsItsOwnersAlone) {
  KeptTables shop;
  shop.customers(two_people);
  shop.events(their_events);
  const std::string copy = shop.folder / "copy.db";
  // Also beside somebody who writes.
  {
    OpenStore other = open_store(shop.folder / "shop.db", {});
    const auto held = other.lock->hold(FileLock::Part::writing);
    const Transaction writing(other.database, Transaction::Kind::write);
    other.database.execute("INSERT INTO words (text) VALUES ('not yet')");
    backup_store(shop.store.database, copy);
  }
  struct stat file{};
  ASSERT_EQ(lstat(copy.c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777U, 0600U);
  EXPECT_FALSE(std::filesystem::exists(copy + ".partial"));
  OpenStore opened = open_store(copy, {});
  EXPECT_EQ(opened.database.integer("SELECT count(*) FROM events"), 4);
  EXPECT_EQ(opened.database.integer("SELECT count(*) FROM words WHERE text = 'not yet'"), 0);
  EXPECT_EQ(opened.database.text("SELECT value FROM settings WHERE name = 'tombstone_key'"),
            shop.settings.text("tombstone_key"));
}

TEST(Backup, ReplacesOneThatIsThereAndRefusesWhatCannotBe) {
  KeptTables shop;
  backup_store(shop.store.database, shop.folder / "copy.db");
  shop.customers(two_people);
  backup_store(shop.store.database, shop.folder / "copy.db");
  EXPECT_EQ(Database(shop.folder / "copy.db", {}).integer("SELECT count(*) FROM customers"), 2);
  std::filesystem::create_directory(shop.folder / "folder");
  expect_says(refusal([&] { backup_store(shop.store.database, shop.folder / "folder"); }), "it is a folder");
  expect_says(refusal([&] { backup_store(shop.store.database, shop.folder / "shop.db"); }), "the store itself");
  expect_says(refusal([&] { backup_store(shop.store.database, shop.folder / "no/copy.db"); }), "its folder");
}

TEST(Restore, MakesAStoreThatHoldsWhatItSends) {
  KeptTables shop;
  shop.customers(two_people);
  backup_store(shop.store.database, shop.folder / "copy.db");
  restore_store(shop.folder / "copy.db", shop.folder / "again.db");
  OpenStore again = open_store(shop.folder / "again.db", {.create = false});
  Settings settings(again.database);
  EXPECT_EQ(settings.integer("held"), 1);
  EXPECT_EQ(again.database.integer("SELECT count(*) FROM customers"), 2);
  EXPECT_EQ(Database(shop.folder / "copy.db", {}).integer("SELECT count(*) FROM settings WHERE name = 'held'"), 0);
}

TEST(Restore, RefusesWhatItCannotTrust) {
  KeptTables shop;
  shop.customers(two_people);
  const std::string copy = shop.folder / "copy.db";
  backup_store(shop.store.database, copy);
  write_file(shop.folder / "text.db", std::string(3000, 'x'));
  write_file(shop.folder / "empty.db", "");
  std::string damaged = read_file(copy);
  for (std::size_t i = 5000; i < damaged.size(); i += 7) damaged[i] = static_cast<char>(i * 31);
  write_file(shop.folder / "damaged.db", damaged);
  write_file(shop.folder / "beside.db-wal", "old");
  struct Case {
    const char* from;
    const char* to;
    const char* says;
  };
  for (const Case& c : std::vector<Case>{{"copy.db", "shop.db", "there is a file already"},
                                         {"copy.db", "beside.db", "there is a file already"},
                                         {"text.db", "new.db", "it is no SQLite database"},
                                         {"empty.db", "new.db", "it is no store"},
                                         {"missing.db", "new.db", "there is no such file"},
                                         {"damaged.db", "new.db", "damaged"}}) {
    SCOPED_TRACE(c.from);
    expect_says(refusal([&] { restore_store(shop.folder / c.from, shop.folder / c.to); }), c.says);
  }
  EXPECT_FALSE(std::filesystem::exists(shop.folder / "new.db"));
  EXPECT_FALSE(std::filesystem::exists(shop.folder / "new.db.partial"));
  EXPECT_EQ(shop.journal.customers(), 2U);
}

TEST(Check, SaysWhichTablesDoNotAgree) {
  struct Case {
    const char* damage;
    const char* says;
  };
  for (const Case& c : std::vector<Case>{
           {"DELETE FROM owed", "2 reminders that their customer's list does not have"},
           {"DELETE FROM outbox", "2 entries of customers' lists without a reminder"},
           {"DELETE FROM customers", "2 reminders of customers who are not there"},
           {"DELETE FROM customers", "4 events of customers who are not there"},
           {"DELETE FROM customers", "1 assets of customers who are not there"},
           {"UPDATE fronts SET wake = 2000", "2 reminders that wait where nobody looks for them"},
           {"UPDATE outbox SET state = 4, contact = zeroblob(16)", "2 reminders that another's contact says"}}) {
    KeptTables shop;
    shop.customers(two_people);
    shop.events(their_events);
    owe(shop);
    EXPECT_EQ(check_store(shop.store.database), std::vector<std::string>{});
    shop.store.database.execute(c.damage);
    const auto faults = check_store(shop.store.database);
    const bool said =
        std::any_of(faults.begin(), faults.end(), [&](const std::string& fault) { return fault.starts_with(c.says); });
    EXPECT_TRUE(said) << c.damage << ": " << (faults.empty() ? "" : faults.front());
  }
}

}  // namespace
}  // namespace courtesy
