#include <courtesy/store/steps.h>

namespace courtesy {
namespace {

void bind(Statement& to, const OwedRow& row) {
  to.bind(1, row.occasion).bind(2, row.step).bind(3, row.audience).bind(4, row.purpose).bind(5, row.message);
  to.bind(6, row.team).bind(7, static_cast<std::int64_t>(row.late));
}

}  // namespace

Steps::Steps(Database& database)
    : database_(database),
      find_(database.prepare(
          "SELECT code FROM steps WHERE occasion = ? AND step = ? AND audience = ? AND purpose = ? AND "
          "message = ? AND team = ? AND late = ?")),
      add_(database.prepare(
          "INSERT INTO steps (occasion, step, audience, purpose, message, team, late) VALUES (?, ?, ?, "
          "?, ?, ?, ?)")),
      get_(
          database.prepare("SELECT occasion, step, audience, purpose, message, team, late FROM steps WHERE code = ?")) {
}

std::int64_t Steps::code(const OwedRow& row) {
  const auto shared = std::tie(row.occasion, row.step, row.audience, row.purpose, row.message, row.team, row.late);
  const auto known = codes_.find(shared);
  if (known != codes_.end()) return known->second;
  bind(find_, row);
  const bool found = find_.step();
  std::int64_t code = found ? find_.integer(0) : 0;
  find_.reset();
  if (!found) {
    bind(add_, row);
    add_.run();
    code = database_.last_row();
  }
  codes_.emplace(shared, code);
  return code;
}

void Steps::fill(std::int64_t code, OwedRow& row) {
  auto known = shared_.find(code);
  if (known == shared_.end()) {
    get_.bind(1, code);
    if (!get_.step()) {
      get_.reset();
      throw Error(ErrorKind::store, "the store has no step " + std::to_string(code));
    }
    Shared shared{std::string(get_.text(0)),         std::string(get_.text(1)), std::string(get_.text(2)),
                  std::string(get_.text(3)),         std::string(get_.text(4)), std::string(get_.text(5)),
                  static_cast<Late>(get_.integer(6))};
    get_.reset();
    known = shared_.emplace(code, std::move(shared)).first;
  }
  std::tie(row.occasion, row.step, row.audience, row.purpose, row.message, row.team, row.late) = known->second;
}

void Steps::forget() {
  codes_.clear();
  shared_.clear();
}

}  // namespace courtesy
