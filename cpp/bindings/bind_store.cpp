#include <courtesy/engine/store.h>
#include <courtesy/store/backup.h>

#include <unordered_set>

#include "casters.h"
#include "store_tables.h"

namespace courtesy::bindings {
namespace {

using Handle = std::shared_ptr<Store>;
// added, changed, unchanged, left out, erased; and the warnings.
using TakenRows = std::pair<std::array<std::size_t, 5>, std::vector<std::string>>;

TakenRows rows_of(const Taken& taken) {
  return {{taken.added, taken.changed, taken.unchanged, taken.left_out, taken.erased}, taken.warnings};
}

// A key is 32 hexadecimal digits; anything else is the key of no reminder.
Key key_of(const std::string& text) {
  const auto no_key = [&] {
    return Error(ErrorKind::missing, "expected a reminder's key of 32 hexadecimal digits, found a text of " +
                                         std::to_string(text.size()) + " letters that is none");
  };
  if (text.size() != 32) throw no_key();
  Key key;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char letter = text[i];
    std::uint64_t digit = 0;
    if (letter >= '0' && letter <= '9') {
      digit = static_cast<std::uint64_t>(letter - '0');
    } else if (letter >= 'a' && letter <= 'f') {
      digit = static_cast<std::uint64_t>(letter - 'a') + 10;
    } else if (letter >= 'A' && letter <= 'F') {
      digit = static_cast<std::uint64_t>(letter - 'A') + 10;
    } else {
      throw no_key();
    }
    std::uint64_t& half = i < 16 ? key.high : key.low;
    half = half << 4 | digit;
  }
  return key;
}

Handle open(const std::string& path, std::shared_ptr<Rules> rules, std::string form, std::string text, bool full,
            bool create, unsigned threads, std::string who) {
  StoreOptions options;
  options.database.create = create;
  options.database.synchronous = full ? Synchronous::full : Synchronous::normal;
  options.threads = threads;
  options.who = std::move(who);
  RuleSource source{std::move(rules), std::move(form), std::move(text)};
  const py::gil_scoped_release released;
  // Closing waits for the file; others run meanwhile.
  return {new Store(path, std::move(source), options), [](const Store* store) {
            if (PyGILState_Check() == 0) {
              delete store;
              return;
            }
            const py::gil_scoped_release meanwhile;
            delete store;
          }};
}

BuildOptions reading(const std::string& zone_of_shop, std::optional<std::string> naive_zone, bool skip_unknown) {
  return {zone_of_shop, std::move(naive_zone), skip_unknown};
}

py::dict customer(Store& store, const StoredId& id) {
  std::vector<std::pair<std::string, std::string>> cells;
  {
    const py::gil_scoped_release released;
    cells = store.customer(id);
  }
  py::dict out;
  for (const auto& [name, cell] : cells) {
    out[py::str(name)] = cell.empty() ? py::object(py::none()) : py::object(py::str(cell));
  }
  return out;
}

// The options of a refresh that tells `progress` what it is at.
RefreshOptions refreshing(std::int64_t now, std::int64_t horizon, bool everybody,
                          const std::optional<py::function>& progress) {
  RefreshOptions options{instant_of(now), std::chrono::microseconds{horizon}, everybody, {}};
  options.progress = [&progress](std::string_view what) {
    const py::gil_scoped_acquire held;
    if (PyErr_CheckSignals() != 0) throw py::error_already_set();
    if (progress) (*progress)(std::string(what));
  };
  return options;
}

std::vector<Key> keys_of(const std::vector<std::string>& texts) {
  std::vector<Key> keys;
  keys.reserve(texts.size());
  for (const std::string& text : texts) keys.push_back(key_of(text));
  return keys;
}

// Asks Python, whose hashes these are: (key, hashes) -> the ids.
ErasedAmong asking(const py::function& erased_among) {
  return [&erased_among](const std::string& key, const std::vector<std::string>& hashes) {
    const py::gil_scoped_acquire held;
    return erased_among(key, hashes).cast<std::vector<std::string>>();
  };
}

void bind_journal(py::class_<Store, Handle>& store) {
  store
      .def(
          "upsert_customers",
          [](Store& self, const Table& table, const std::string& shop_zone, std::optional<std::string> zone,
             const py::function& erased_among) {
            const ErasedAmong ask = asking(erased_among);
            const py::gil_scoped_release released;
            return rows_of(self.upsert_customers(table, reading(shop_zone, std::move(zone), false), ask));
          },
          py::arg("table"), py::arg("shop_zone"), py::arg("naive_zone"), py::arg("erased_among"))
      .def(
          "upsert_assets",
          [](Store& self, const Table& table, const std::string& shop_zone, std::optional<std::string> zone,
             const py::function& erased_among) {
            const ErasedAmong ask = asking(erased_among);
            const py::gil_scoped_release released;
            return rows_of(self.upsert_assets(table, reading(shop_zone, std::move(zone), false), ask));
          },
          py::arg("table"), py::arg("shop_zone"), py::arg("naive_zone"), py::arg("erased_among"))
      .def(
          "append_events",
          [](Store& self, const Table& table, const std::string& shop_zone, std::optional<std::string> zone,
             bool skip_unknown, std::int64_t now, const py::function& erased_among) {
            const ErasedAmong ask = asking(erased_among);
            const py::gil_scoped_release released;
            return rows_of(
                self.append_events(table, reading(shop_zone, std::move(zone), skip_unknown), instant_of(now), ask));
          },
          py::arg("table"), py::arg("shop_zone"), py::arg("naive_zone"), py::arg("skip_unknown"), py::arg("now"),
          py::arg("erased_among"))
      .def("tombstone_key", &Store::tombstone_key, py::call_guard<py::gil_scoped_release>())
      .def("customer", &customer, py::arg("id"), "A customer's cells by column, as texts.")
      .def("table", &Store::table, py::arg("name"), py::call_guard<py::gil_scoped_release>())
      .def("history", &Store::history, py::arg("customer"), py::call_guard<py::gil_scoped_release>())
      .def("counts", &Store::counts, py::call_guard<py::gil_scoped_release>(),
           "Rows of each table, and of the outbox by state.");
}

void bind_outbox(py::class_<Store, Handle>& store) {
  store
      .def(
          "refresh",
          [](Store& self, std::int64_t now, std::int64_t horizon, bool everybody,
             const std::optional<py::function>& progress) {
            const RefreshOptions options = refreshing(now, horizon, everybody, progress);
            const py::gil_scoped_release released;
            return self.refresh(options);
          },
          py::arg("now"), py::arg("horizon"), py::arg("everybody"), py::arg("progress"))
      .def(
          "preview",
          [](Store& self, std::int64_t now, std::int64_t horizon) {
            const RefreshOptions options{instant_of(now), std::chrono::microseconds{horizon}, false, {}};
            const py::gil_scoped_release released;
            Refreshed made = self.preview(options);
            OutTable changes = changes_table(made);
            return std::pair(std::move(made), std::move(changes));
          },
          py::arg("now"), py::arg("horizon"), "What a refresh would do, and a row for each of its changes.")
      .def(
          "claim",
          [](const Handle& self, std::int64_t now, std::size_t limit, std::int64_t lease,
             std::vector<std::string> channels) {
            const ClaimOptions options{instant_of(now), limit, std::chrono::microseconds{lease}, std::move(channels)};
            const py::gil_scoped_release released;
            return Claim{self, self->claim(options)};
          },
          py::arg("now"), py::arg("limit"), py::arg("lease"), py::arg("channels"))
      .def(
          "due",
          [](Store& self, std::int64_t now, std::size_t limit, std::vector<std::string> channels) {
            const ClaimOptions options{instant_of(now), limit, {}, std::move(channels)};
            const py::gil_scoped_release released;
            return due_table(self.due(options));
          },
          py::arg("now"), py::arg("limit"), py::arg("channels"), "What could be claimed; of all for a limit of 0.")
      .def(
          "find",
          [](Store& self, const std::string& text) -> py::object {
            const Key key = key_of(text);
            std::optional<Claimed> found;
            {
              const py::gil_scoped_release released;
              found = self.find(key);
            }
            return found ? py::object(claimed_dict(*found)) : py::object(py::none());
          },
          py::arg("key"))
      .def(
          "snooze",
          [](Store& self, const std::string& text, std::int64_t until, const std::string& by, const std::string& why,
             std::int64_t now) {
            const Key key = key_of(text);
            const py::gil_scoped_release released;
            self.snooze(key, instant_of(until), by, why, instant_of(now));
          },
          py::arg("key"), py::arg("until"), py::arg("by"), py::arg("why"), py::arg("now"))
      .def(
          "skip",
          [](Store& self, const std::string& text, const std::string& by, const std::string& why, std::int64_t now) {
            const Key key = key_of(text);
            const py::gil_scoped_release released;
            self.skip(key, by, why, instant_of(now));
          },
          py::arg("key"), py::arg("by"), py::arg("why"), py::arg("now"))
      .def(
          "next_wake",
          [](Store& self, const std::vector<std::string>& channels) {
            const py::gil_scoped_release released;
            const auto wake = self.next_wake(channels);
            return wake ? std::optional(ticks(*wake)) : std::nullopt;
          },
          py::arg("channels"))
      .def(
          "plan",
          [](Store& self, std::int64_t start, std::int64_t end, const std::optional<StoredId>& who) {
            const py::gil_scoped_release released;
            return std::make_shared<Plan>(self.plan({instant_of(start), instant_of(end)}, who));
          },
          py::arg("start"), py::arg("end"), py::arg("customer"));
}

void bind_care(py::class_<Store, Handle>& store) {
  store.def("erase", &Store::erase, py::arg("customer"), py::arg("tombstone"), py::call_guard<py::gil_scoped_release>())
      .def("backup", &Store::backup, py::arg("path"), py::call_guard<py::gil_scoped_release>())
      .def(
          "reconcile",
          [](Store& self, const std::vector<std::string>& sent, bool rest_unknown, std::int64_t now) {
            const std::vector<Key> keys = keys_of(sent);
            const py::gil_scoped_release released;
            return self.reconcile(keys, rest_unknown, instant_of(now));
          },
          py::arg("sent"), py::arg("rest_unknown"), py::arg("now"))
      .def("held", &Store::held, py::call_guard<py::gil_scoped_release>())
      .def("check", &Store::check, py::call_guard<py::gil_scoped_release>(), "What is wrong with the file.")
      .def("close", &Store::close, py::call_guard<py::gil_scoped_release>());
}

}  // namespace

void bind_store(py::module_& module) {
  py::class_<Refreshed>(module, "Refreshed", "What a refresh did.")
      .def_readonly("looked_at", &Refreshed::looked_at)
      .def_readonly("added", &Refreshed::added)
      .def_readonly("moved", &Refreshed::moved)
      .def_readonly("withdrawn", &Refreshed::withdrawn)
      .def_readonly("expired", &Refreshed::expired)
      .def_readonly("warnings", &Refreshed::warnings);
  py::class_<Store, Handle> store(module, "Store",
                                  "A store's file. Instants and lengths are µs, keys hexadecimal digits. The GIL is "
                                  "released while the file is read or written.");
  bind_claim(module);
  store
      .def(py::init(&open), py::arg("path"), py::arg("rules"), py::arg("form"), py::arg("text"), py::arg("full"),
           py::arg("create"), py::arg("threads"), py::arg("who"))
      .def_static("rules_in", &Store::rules_in, py::arg("path"), py::call_guard<py::gil_scoped_release>(),
                  "(form, text) of the rules in force in a file; None where it has none.");
  bind_journal(store);
  bind_outbox(store);
  bind_care(store);
  module.def("restore_store", &restore_store, py::arg("backup"), py::arg("path"),
             py::call_guard<py::gil_scoped_release>());
}

}  // namespace courtesy::bindings
