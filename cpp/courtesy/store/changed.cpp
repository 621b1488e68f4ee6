#include <courtesy/store/changed.h>

namespace courtesy {
namespace {

constexpr std::string_view counter = "last_change";

}  // namespace

Changed::Changed(Database& database, Settings& settings)
    : settings_(settings),
      mark_(
          database.prepare("INSERT INTO changed (customer, seq) VALUES (?, ?) ON CONFLICT (customer) DO UPDATE SET seq "
                           "= excluded.seq")),
      all_(database.prepare("SELECT customer FROM changed ORDER BY customer")),
      since_(database.prepare("SELECT customer FROM changed WHERE seq > ? ORDER BY customer")),
      any_(database.prepare("SELECT 1 FROM changed LIMIT 1")),
      is_(database.prepare("SELECT 1 FROM changed WHERE customer = ?")),
      clear_(database.prepare("DELETE FROM changed WHERE seq <= ?")),
      clear_all_(database.prepare("DELETE FROM changed")) {}

void Changed::mark(std::int64_t customer) { mark({&customer, 1}); }

void Changed::mark(std::span<const std::int64_t> customers) {
  if (customers.empty()) return;
  const std::int64_t seq = settings_.next(counter);
  for (const std::int64_t customer : customers) mark_.bind(1, customer).bind(2, seq).run();
}

std::vector<std::int64_t> Changed::customers() {
  std::vector<std::int64_t> customers;
  while (all_.step()) customers.push_back(all_.integer(0));
  all_.reset();
  return customers;
}

std::vector<std::int64_t> Changed::since(std::int64_t seq) {
  std::vector<std::int64_t> customers;
  if (last() <= seq) return customers;
  since_.bind(1, seq);
  while (since_.step()) customers.push_back(since_.integer(0));
  since_.reset();
  return customers;
}

bool Changed::any() {
  const bool any = any_.step();
  any_.reset();
  return any;
}

bool Changed::is(std::int64_t customer) {
  is_.bind(1, customer);
  const bool is = is_.step();
  is_.reset();
  return is;
}

std::int64_t Changed::last() { return settings_.integer(counter).value_or(0); }

void Changed::clear(std::int64_t up_to) {
  // Without a condition SQLite empties the whole table at once.
  if (last() <= up_to) {
    clear_all_.run();
  } else {
    clear_.bind(1, up_to).run();
  }
}

}  // namespace courtesy
