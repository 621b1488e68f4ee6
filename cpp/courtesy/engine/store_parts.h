// What an open store is made of, for those who work on it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <courtesy/engine/rules_in_force.h>
#include <courtesy/plan/coupling.h>
#include <courtesy/plan/planner.h>
#include <courtesy/store/agenda.h>
#include <courtesy/store/journal.h>
#include <courtesy/store/open_store.h>
#include <courtesy/store/outbox.h>

namespace courtesy {

struct StoreParts {
  StoreParts(const std::string& path, RuleSource source, const DatabaseOptions& options, unsigned threads,
             std::string who);

  OpenStore file;
  FileLock& lock;
  Database& database;
  Settings settings;
  Words words;
  Journal journal;
  Outbox outbox;
  Agenda agenda;
  RulesInForce rules;
  unsigned threads;
  std::string who;
};

// A write: the writer's lock, one transaction, and afterwards a checkpoint where the WAL has grown.
class Writing {
 public:
  explicit Writing(StoreParts& parts);
  ~Writing();
  void commit();

 private:
  StoreParts& parts_;
  FileLock::Held held_;
  Transaction transaction_;
  bool committed_ = false;
};

// Some customers, or all, with everything that is known of them: the journal's rows, and the contacts and skips that
// the outbox's rows stand for.
struct Known {
  std::vector<std::int64_t> numbers;  // of the customers, by the base's index
  std::vector<OutboxRow> rows;        // of the outbox, by customer, then key
  std::shared_ptr<const CustomerBase> base;
};

// Within the caller's transaction. `numbers`: sorted; nothing for everybody.
[[nodiscard]] Known read_known(StoreParts& parts, const std::optional<std::vector<std::int64_t>>& numbers);

// The values of the rows alone.
[[nodiscard]] std::vector<OwedRow> owed_of(std::span<const OutboxRow> rows);

// With those who share a cap's household or address with one of these.
[[nodiscard]] std::vector<std::int64_t> with_companions(StoreParts& parts, std::vector<std::int64_t> numbers,
                                                        const Coupling& coupling);
[[nodiscard]] Coupling coupling(StoreParts& parts);

}  // namespace courtesy
