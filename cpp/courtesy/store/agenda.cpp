#include <courtesy/store/agenda.h>

#include <algorithm>
#include <bit>
#include <cstring>

namespace courtesy {

static_assert(std::endian::native == std::endian::little, "numbers of the agenda are little-endian");

Agenda::Agenda(Database& database)
    : add_(database.prepare("INSERT INTO agenda (hour, part, customers) VALUES (?, ?, ?)")),
      last_(database.prepare("SELECT max(part) FROM agenda WHERE hour = ?")),
      due_(database.prepare("SELECT customers FROM agenda WHERE hour <= ?")),
      clear_(database.prepare("DELETE FROM agenda WHERE hour <= ?")),
      clear_all_(database.prepare("DELETE FROM agenda")) {}

void Agenda::add(std::int64_t hour, std::span<const std::int64_t> customers) {
  last_.bind(1, hour);
  const std::int64_t part = last_.step() && !last_.is_null(0) ? last_.integer(0) + 1 : 0;
  last_.reset();
  add_.bind(1, hour).bind(2, part);
  add_.bind_blob(3, {reinterpret_cast<const std::uint8_t*>(customers.data()), customers.size_bytes()});
  add_.run();
}

std::vector<std::int64_t> Agenda::due(std::int64_t hour) {
  std::vector<std::int64_t> customers;
  due_.bind(1, hour);
  while (due_.step()) {
    const auto bytes = due_.blob(0);
    const std::size_t before = customers.size();
    customers.resize(before + bytes.size() / sizeof customers[0]);
    std::memcpy(customers.data() + before, bytes.data(), (customers.size() - before) * sizeof customers[0]);
  }
  due_.reset();
  std::sort(customers.begin(), customers.end());
  customers.erase(std::unique(customers.begin(), customers.end()), customers.end());
  return customers;
}

void Agenda::clear(std::int64_t hour) { clear_.bind(1, hour).run(); }

void Agenda::clear() { clear_all_.run(); }

}  // namespace courtesy
