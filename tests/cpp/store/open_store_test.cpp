#include <courtesy/store/migrations.h>
#include <courtesy/store/open_store.h>
#include <courtesy/store/schema.h>

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>
#include <vector>

#include "../support/temp_folder.h"
#include "store_errors.h"

namespace courtesy {
namespace {

using testing_folder::read_file;
using testing_folder::TempFolder;
using testing_folder::write_file;
using testing_store::expect_says;
using testing_store::refusal;

// A database made by SQLite alone, as another program would make it.
void make_database(const std::string& path, const std::string& sql) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
  sqlite3_close(database);
}

unsigned mode_of(const std::string& path) {
  struct stat file{};
  EXPECT_EQ(lstat(path.c_str(), &file), 0) << path;
  return file.st_mode & 0777U;
}

TEST(OpenStore, MakesAFileWithAllTablesThatIsItsOwnersAlone) {
  const TempFolder folder;
  const mode_t before = umask(0);
  {
    OpenStore store = open_store(folder / "shop.db", {});
    EXPECT_EQ(store.database.integer("PRAGMA application_id"), store_application_id);
    EXPECT_EQ(store.database.integer("PRAGMA user_version"), schema_version());
    EXPECT_EQ(store.database.text("PRAGMA journal_mode"), "wal");
    for (const char* table : {"settings", "words", "columns", "customers", "assets", "events", "changed", "agenda",
                              "activation", "steps", "outbox", "owed", "fronts", "audit", "tombstones"}) {
      EXPECT_EQ(
          store.database.integer(
              std::string("SELECT count(*) FROM pragma_table_list WHERE type <> 'view' AND name = '") + table + "'"),
          1)
          << table;
    }
    store.database.execute("INSERT INTO words (text) VALUES ('email')");
    for (const char* suffix : {"", "-wal", "-shm", "-lock"}) {
      EXPECT_EQ(mode_of(folder / (std::string("shop.db") + suffix)), 0600U) << suffix;
    }
  }
  umask(before);
}

TEST(OpenStore, OpensWhatItMadeAndKeepsIt) {
  const TempFolder folder;
  std::string key;
  {
    OpenStore store = open_store(folder / "shop.db", {});
    store.database.execute("INSERT INTO words (text) VALUES ('email')");
    key = store.database.text("SELECT value FROM settings WHERE name = 'tombstone_key'");
  }
  EXPECT_EQ(key.size(), 64U);
  OpenStore again = open_store(folder / "shop.db", {.create = false});
  EXPECT_EQ(again.database.text("SELECT text FROM words"), "email");
  EXPECT_EQ(again.database.text("SELECT value FROM settings WHERE name = 'tombstone_key'"), key);
}

TEST(OpenStore, TakesAnEmptyFileForANewOne) {
  const TempFolder folder;
  write_file(folder / "shop.db", "");
  EXPECT_EQ(open_store(folder / "shop.db", {}).database.integer("PRAGMA user_version"), schema_version());
}

TEST(OpenStore, FindsTheSameStoreThroughALinkedFolder) {
  const TempFolder folder;
  std::filesystem::create_directory(folder / "real");
  std::filesystem::create_directory_symlink(folder / "real", folder / "linked");
  {
    (void)open_store(folder / "linked/shop.db", {});
  }
  EXPECT_EQ(open_store(folder / "real/shop.db", {.create = false}).database.path(), folder / "real/shop.db");
}

TEST(OpenStore, SaysWhatItRefusesAndWhatToDo) {
  const TempFolder folder;
  std::filesystem::create_directory(folder / "folder.db");
  {
    (void)open_store(folder / "shop.db", {});
  }
  std::filesystem::create_symlink(folder / "shop.db", folder / "linked.db");
  std::filesystem::create_symlink(folder / "nowhere", folder / "dangling.db");
  write_file(folder / "text.db", "Dear diary, these are words and no database. " + std::string(2000, '.'));
  make_database(folder / "photos.db", "CREATE TABLE photos (name); INSERT INTO photos VALUES ('cat');");
  make_database(folder / "mail.db", "PRAGMA application_id=99;");
  make_database(folder / "newer.db", "PRAGMA application_id=1131574387; PRAGMA user_version=3; CREATE TABLE t (x);");
  ASSERT_EQ(store_application_id, 1131574387);
  {
    (void)open_store(folder / "beside.db", {});
  }
  std::filesystem::create_symlink(folder / "text.db", folder / "beside.db-wal");
  {
    (void)open_store(folder / "twice.db", {});
  }
  std::filesystem::create_hard_link(folder / "twice.db", folder / "second.db");
  {
    (void)open_store(folder / "locked.db", {});
  }
  std::filesystem::remove(folder / "locked.db-lock");
  std::filesystem::create_symlink(folder / "elsewhere", folder / "locked.db-lock");
  struct Case {
    const char* name;
    bool create;
    const char* says;
  };
  const std::vector<Case> cases{
      {"missing.db", false, "there is no such file"},
      {"no/such/shop.db", true, "its folder cannot be used"},
      {"folder.db", true, "it is a folder"},
      {"linked.db", true, "it is a symbolic link"},
      {"dangling.db", true, "it is a symbolic link"},
      {"text.db", true, "it is no SQLite database"},
      {"photos.db", true, "another program"},
      {"mail.db", true, "another program"},
      {"newer.db", true, "it was made by a newer courtesy (schema 3, this one knows 1); update courtesy"},
      {"beside.db", true, "no plain file"},
      {"twice.db", true, "hard link"},
      {"locked.db", true, "symbolic link"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    const std::string message = refusal([&] { (void)open_store(folder / c.name, {.create = c.create}); });
    expect_says(message, c.says);
    expect_says(message, std::string(c.name).substr(0, std::string(c.name).rfind('/') == std::string::npos ? 40 : 2));
  }
  // What was refused is as it was.
  EXPECT_FALSE(std::filesystem::exists(folder / "missing.db"));
  EXPECT_FALSE(std::filesystem::exists(folder / "missing.db-lock"));
  EXPECT_FALSE(std::filesystem::exists(folder / "nowhere"));
  EXPECT_FALSE(std::filesystem::exists(folder / "elsewhere"));
  EXPECT_EQ(read_file(folder / "text.db").substr(0, 10), "Dear diary");
  make_database(folder / "photos.db", "CREATE TEMP TABLE one AS SELECT 1 / (count(*) = 1) FROM photos");
}

// Root may write everything: so for root the folder is somebody else's, who does the rest.
class AsNobody {
 public:
  explicit AsNobody(const std::filesystem::path& folder) : root_(geteuid() == 0) {
    constexpr uid_t nobody = 65534;
    if (root_) changed_ = chown(folder.c_str(), nobody, nobody) == 0 && seteuid(nobody) == 0;
    EXPECT_TRUE(changed_ || !root_);
  }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;
  ~AsNobody() {
    if (changed_) {
      EXPECT_EQ(seteuid(0), 0);
    }
  }

 private:
  bool root_;
  bool changed_ = false;
};

TEST(OpenStore, SaysThatAFileCannotBeWritten) {
  const TempFolder folder;
  const AsNobody nobody(folder.path());
  {
    (void)open_store(folder / "shop.db", {});
  }
  chmod((folder / "shop.db").c_str(), 0400);
  expect_says(refusal([&] { (void)open_store(folder / "shop.db", {}); }), "it cannot be written");
  chmod(folder.path().c_str(), 0500);
  expect_says(refusal([&] { (void)open_store(folder / "new.db", {}); }), "it cannot be made");
  chmod(folder.path().c_str(), 0700);
}

TEST(OpenStore, ReadsOnlyWhereThatIsAllItIsAskedFor) {
  const TempFolder folder;
  OpenStore writer = open_store(folder / "shop.db", {});
  writer.database.execute("INSERT INTO words (text) VALUES ('email')");
  OpenStore reader = open_store(folder / "shop.db", {.read_only = true});
  EXPECT_EQ(reader.database.text("SELECT text FROM words"), "email");
  expect_says(refusal([&] { reader.database.execute("DELETE FROM words"); }), "cannot be written");
}

TEST(OpenStore, IsOpenedByManyAtOnceWithoutWaitingInVain) {
  const TempFolder folder;
  constexpr int threads = 8;
  std::vector<std::string> faults(threads);
  {
    std::vector<std::thread> running;
    for (int t = 0; t < threads; ++t) {
      running.emplace_back([&, t] {
        try {
          for (int i = 0; i < 20; ++i) {
            OpenStore store = open_store(folder / "shop.db", {});
            const auto held = store.lock->hold(FileLock::Part::writing);
            store.database.execute(
                "INSERT INTO settings VALUES ('seen', 1) ON CONFLICT DO UPDATE SET value = value + 1");
          }
        } catch (const Error& error) {
          faults[static_cast<std::size_t>(t)] = error.what();
        }
      });
    }
    for (std::thread& each : running) each.join();
  }
  for (const std::string& fault : faults) EXPECT_EQ(fault, "");
  OpenStore store = open_store(folder / "shop.db", {});
  EXPECT_EQ(store.database.integer("SELECT value FROM settings WHERE name = 'seen'"), threads * 20);
}

TEST(OpenStore, MendsWhatAProcessLeftThatWasKilled) {
  const TempFolder folder;
  const pid_t child = fork();
  if (child == 0) {
    OpenStore store = open_store(folder / "shop.db", {});
    store.database.execute("INSERT INTO words (text) VALUES ('kept')");
    store.database.execute("BEGIN IMMEDIATE; INSERT INTO words (text) VALUES ('lost')");
    kill(getpid(), SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  OpenStore store = open_store(folder / "shop.db", {});
  EXPECT_EQ(store.database.text("SELECT group_concat(text) FROM words"), "kept");
  EXPECT_EQ(store.database.text("PRAGMA integrity_check"), "ok");
}

}  // namespace
}  // namespace courtesy
