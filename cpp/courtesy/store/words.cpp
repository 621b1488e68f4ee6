#include <courtesy/error.h>
#include <courtesy/store/words.h>

#include <utility>

namespace courtesy {

Words::Words(Database& database)
    : database_(database),
      find_(database.prepare("SELECT code FROM words WHERE text = ?1")),
      add_(database.prepare("INSERT INTO words (text) VALUES (?1)")),
      get_(database.prepare("SELECT text FROM words WHERE code = ?1")),
      rollbacks_(database.rollbacks()) {}

void Words::forget_what_was_rolled_back() {
  if (rollbacks_ == database_.rollbacks()) return;
  rollbacks_ = database_.rollbacks();
  codes_.clear();
  words_.clear();
}

std::int64_t Words::keep(std::string_view word, std::int64_t code) {
  codes_.emplace(word, code);
  words_.emplace(code, word);
  return code;
}

std::optional<std::int64_t> Words::find(std::string_view word) {
  forget_what_was_rolled_back();
  if (const auto known = codes_.find(word); known != codes_.end()) return known->second;
  find_.reset();
  find_.bind(1, word);
  std::optional<std::int64_t> found;
  if (find_.step()) found = keep(word, find_.integer(0));
  find_.reset();
  return found;
}

std::int64_t Words::code(std::string_view word) {
  if (const auto found = find(word)) return *found;
  add_.bind(1, word).run();
  return keep(word, database_.last_row());
}

const std::string& Words::word(std::int64_t code) {
  forget_what_was_rolled_back();
  if (const auto known = words_.find(code); known != words_.end()) return known->second;
  get_.reset();
  get_.bind(1, code);
  if (!get_.step()) {
    get_.reset();
    Where where;
    where.file = database_.path();
    throw Error(ErrorKind::store,
                "a row names the word " + std::to_string(code) + ", which is not in the file; restore a backup",
                std::move(where));
  }
  keep(get_.text(0), code);
  get_.reset();
  return words_.at(code);
}

}  // namespace courtesy
