#include <courtesy/store/settings.h>

namespace courtesy {

Settings::Settings(Database& database)
    : get_(database.prepare("SELECT value FROM settings WHERE name = ?1")),
      set_(database.prepare("INSERT INTO settings (name, value) VALUES (?1, ?2) "
                            "ON CONFLICT (name) DO UPDATE SET value = excluded.value")),
      remove_(database.prepare("DELETE FROM settings WHERE name = ?1")),
      next_(database.prepare("INSERT INTO settings (name, value) VALUES (?1, ?2) "
                             "ON CONFLICT (name) DO UPDATE SET value = value + excluded.value RETURNING value")) {}

std::optional<std::string> Settings::text(std::string_view name) {
  get_.reset();
  get_.bind(1, name);
  std::optional<std::string> found;
  if (get_.step() && !get_.is_null(0)) found = std::string(get_.text(0));
  get_.reset();
  return found;
}

std::optional<std::int64_t> Settings::integer(std::string_view name) {
  get_.reset();
  get_.bind(1, name);
  std::optional<std::int64_t> found;
  if (get_.step() && !get_.is_null(0)) found = get_.integer(0);
  get_.reset();
  return found;
}

void Settings::set(std::string_view name, std::string_view text) { set_.bind(1, name).bind(2, text).run(); }
void Settings::set(std::string_view name, std::int64_t value) { set_.bind(1, name).bind(2, value).run(); }
void Settings::remove(std::string_view name) { remove_.bind(1, name).run(); }

std::int64_t Settings::next(std::string_view name, std::int64_t by) {
  next_.bind(1, name).bind(2, by);
  const std::int64_t count = next_.step() ? next_.integer(0) : 0;
  next_.run();
  return count;
}

}  // namespace courtesy
