#include <courtesy/error.h>
#include <courtesy/plan/owed.h>
#include <courtesy/store/backup.h>
#include <courtesy/store/schema.h>
#include <courtesy/store/store_path.h>

#include <filesystem>
#include <system_error>
#include <utility>

namespace courtesy {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& path, std::string message) {
  Where where;
  where.file = path;
  throw Error(ErrorKind::store, std::move(message), std::move(where));
}

// A file that is gone unless it was put in place.
class Partial {
 public:
  explicit Partial(const std::string& path) : path_(path), partial_(path + ".partial") {
    std::error_code failure;
    fs::remove(partial_, failure);
    if (failure) refuse(partial_, "it cannot be removed: " + failure.message());
    if (!make_private_file(partial_)) refuse(partial_, "somebody else writes it just now");
  }
  Partial(const Partial&) = delete;
  Partial& operator=(const Partial&) = delete;
  ~Partial() {
    std::error_code ignored;
    fs::remove(partial_, ignored);
  }
  [[nodiscard]] const std::string& path() const { return partial_; }
  void put_in_place() {
    sync_to_disk(partial_);
    std::error_code failure;
    fs::rename(partial_, path_, failure);
    if (failure) refuse(path_, "it cannot be put in place: " + failure.message());
    sync_to_disk(fs::path(path_).parent_path().string());
  }

 private:
  std::string path_, partial_;
};

void copy(Database& from, const std::string& to) { from.prepare("VACUUM INTO ?").bind(1, to).run(); }

std::vector<std::string> faults_of_file(Database& database) {
  std::vector<std::string> faults;
  Statement check = database.prepare("PRAGMA integrity_check");
  while (check.step()) {
    if (check.text(0) != "ok") faults.emplace_back(check.text(0));
  }
  return faults;
}

}  // namespace

void backup_store(Database& database, const std::string& path) {
  const std::string whole = whole_path(path);
  std::error_code none;
  if (fs::is_directory(whole, none)) refuse(whole, "it is a folder; give the path of a file");
  if (fs::equivalent(whole, database.path(), none)) refuse(whole, "it is the store itself; give another file");
  Partial partial(whole);
  copy(database, partial.path());
  partial.put_in_place();
}

void restore_store(const std::string& backup, const std::string& path) {
  const std::string whole = whole_path(path);
  for (const char* const end : {"", "-wal", "-shm"}) {
    if (fs::exists(fs::symlink_status(whole + end))) {
      refuse(whole + end, "there is a file already; move it away to restore a backup in its place");
    }
  }
  DatabaseOptions options;
  options.create = false;
  options.read_only = true;
  Database from(backup, options);
  if (from.integer("PRAGMA application_id") != store_application_id) refuse(backup, "it is no store of courtesy");
  if (from.integer("PRAGMA user_version") > schema_version()) {
    refuse(backup, "it was made by a newer courtesy; update courtesy");
  }
  if (!faults_of_file(from).empty()) refuse(backup, "the file is damaged; take another backup");
  Partial partial(whole);
  copy(from, partial.path());
  {
    options.read_only = false;
    Database to(partial.path(), options);
    to.execute("INSERT INTO settings (name, value) VALUES ('held', 1) ON CONFLICT (name) DO NOTHING");
  }
  partial.put_in_place();
}

std::vector<std::string> check_store(Database& database) {
  struct Rule {
    const char* what;
    const char* count;
  };
  static constexpr Rule rules[] = {
      {"reminders that their customer's list does not have",
       "SELECT count(*) FROM outbox AS o WHERE NOT EXISTS (SELECT 1 FROM owed AS w WHERE w.customer = o.customer AND "
       "w.key = o.key AND w.channel = o.channel AND w.wake = o.wake)"},
      {"entries of customers' lists without a reminder",
       "SELECT count(*) FROM owed AS w WHERE NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.channel = w.channel AND "
       "o.wake "
       "= w.wake AND o.key = w.key)"},
      {"reminders of customers who are not there",
       "SELECT count(*) FROM outbox WHERE customer NOT IN (SELECT no FROM customers)"},
      {"events of customers who are not there",
       "SELECT count(*) FROM events WHERE customer NOT IN (SELECT no FROM customers)"},
      {"assets of customers who are not there",
       "SELECT count(*) FROM assets WHERE customer NOT IN (SELECT no FROM customers)"},
      {"reminders that wait where nobody looks for them",
       "SELECT count(*) FROM outbox AS o LEFT JOIN fronts AS f USING (channel) WHERE o.state <= 3 AND o.contact IS "
       "NULL "
       "AND (f.wake IS NULL OR (o.wake, o.key) < (f.wake, f.key))"},
      {"reminders that another's contact says, and that one is not there",
       "SELECT count(*) FROM outbox AS o WHERE o.state = 4 AND NOT EXISTS (SELECT 1 FROM owed AS w WHERE w.customer = "
       "o.customer AND w.key = o.contact)"},
  };
  static_assert(static_cast<int>(OutboxState::claimed) == 3 && static_cast<int>(OutboxState::merged) == 4);
  std::vector<std::string> faults = faults_of_file(database);
  Transaction reading(database, Transaction::Kind::read);
  for (const Rule& rule : rules) {
    const std::int64_t found = database.integer(rule.count);
    if (found != 0) faults.push_back(std::to_string(found) + " " + rule.what);
  }
  reading.commit();
  return faults;
}

}  // namespace courtesy
