#include <courtesy/engine/claim.h>
#include <courtesy/plan/merge.h>
#include <courtesy/plan/recheck.h>
#include <courtesy/store/filled.h>

#include <algorithm>
#include <map>
#include <set>

namespace courtesy {
namespace {

using std::chrono::microseconds;

bool is_late(const OutboxRow& row, Instant now) { return now - row.owed.due > late_after; }

// What goes out as planned changes nothing for the plan; on another day, caps and capacities count it there.
bool on_another_day(const OwedRow& row, Instant now) {
  const auto offset = row.local.time_since_epoch() - row.due.time_since_epoch();
  return day_of(WallTime{now.time_since_epoch() + offset}) != day_of(row.local);
}

// The sender of a row is gone, and nobody knows how far it came.
void lose(StoreParts& parts, const OutboxRow& row, const AuditNote& note) {
  const int crashes = row.crashes + 1;
  OutboxState state = OutboxState::planned;
  if (!parts.rules.rules()->policy.may_repeat(row.owed.channel)) {
    state = OutboxState::unknown;
  } else if (crashes >= most_crashes) {
    state = OutboxState::parked;
  }
  parts.outbox.set(row, state, row.owed.wake, row.attempts, crashes, note);
  if (state != OutboxState::planned) parts.journal.mark_changed(row.owed.customer);
}

// The contact that would have said it does not go out now: it goes by itself.
void let_alone(StoreParts& parts, const OutboxRow& row, const AuditNote& note) {
  OwedRow alone = row.owed;
  alone.contact.reset();
  alone.state = OutboxState::planned;
  alone.wake = alone.due;
  parts.outbox.move(row, alone, note);
}

class Claims {
 public:
  Claims(StoreParts& parts, const ClaimOptions& options)
      : parts_(parts),
        options_(options),
        policy_(parts.rules.rules()->policy),
        coupling_(coupling(parts)),
        refreshed_(parts.rules.are_refreshed()),
        any_changed_(parts.journal.any_changed()),
        token_(parts.settings.integer("token").value_or(0) + 1),
        until_(options.now + options.lease) {
    claimed_.reserve(std::min<std::size_t>(options.limit, 1'000));
  }

  std::vector<Claimed> take() {
    while (claimed_.size() < options_.limit) {
      Outbox::Found found = parts_.outbox.due(options_.now, options_.limit - claimed_.size(), options_.channels);
      for (const OutboxRow& row : found.lost) lose(parts_, row, note("lease_over"));
      for (const OutboxRow& row : found.ahead) begin_now(row);
      // What is free again comes into the order of all others.
      if (!found.lost.empty()) continue;
      if (found.claimable.empty()) break;
      take(std::move(found.claimable));
    }
    if (!claimed_.empty()) parts_.settings.set("token", token_);
    return std::move(claimed_);
  }

 private:
  [[nodiscard]] AuditNote note(std::string_view why) const { return {options_.now, parts_.who, why}; }

  // The clock was set back since it was claimed: its lease is as long as it was, from now on, and so is it a contact.
  void begin_now(const OutboxRow& row) {
    parts_.outbox.hold(row, parts_.outbox.merged_with(row), row.token, options_.now + (row.lease - row.since),
                       note("clock_set_back"));
    mark_changed(row);
  }

  void take(std::vector<OutboxRow> rows) {
    const std::set<Key> missed = missed_among(rows);
    std::vector<bool> as_planned(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (missed.contains(rows[i].owed.key)) {
        mark_changed(rows[i]);
      } else {
        as_planned[i] = !must_be_asked(rows[i]);
      }
    }
    // While they all lie as they were found.
    std::vector<std::vector<OutboxRow>> merged = hold(rows, as_planned);
    std::vector<OutboxRow> asked;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      OutboxRow& row = rows[i];
      if (as_planned[i]) {
        give_out(std::move(row), std::move(merged[i]));
      } else if (missed.contains(row.owed.key)) {
        for (const OutboxRow& part : parts_.outbox.merged_with(row)) let_alone(parts_, part, note("alone"));
        parts_.outbox.set_alone(row, OutboxState::expired, note("late"));
      } else {
        asked.push_back(std::move(row));
      }
    }
    if (!asked.empty()) ask(asked);
  }

  // Those that go out as planned, with what is merged with each. Of a channel all that lie one after another at once.
  std::vector<std::vector<OutboxRow>> hold(const std::vector<OutboxRow>& rows, const std::vector<bool>& as_planned) {
    std::vector<std::vector<OutboxRow>> merged(rows.size());
    std::map<std::string_view, std::vector<const OutboxRow*>> runs;
    const auto end = [&](std::vector<const OutboxRow*>& run) {
      if (!run.empty()) parts_.outbox.hold_run(run, token_, until_, note({}));
      run.clear();
    };
    for (std::size_t i = 0; i < rows.size(); ++i) {
      std::vector<const OutboxRow*>& run = runs[rows[i].owed.channel];
      if (!as_planned[i]) {
        end(run);
        continue;
      }
      merged[i] = parts_.outbox.merged_with(rows[i]);
      if (merged[i].empty()) {
        run.push_back(&rows[i]);
      } else {
        parts_.outbox.hold(rows[i], merged[i], token_, until_, note({}));
      }
    }
    for (auto& [channel, run] : runs) end(run);
    return merged;
  }

  std::set<Key> missed_among(const std::vector<OutboxRow>& rows) {
    std::vector<OwedRow> late;
    std::vector<std::int64_t> customers;
    for (const OutboxRow& row : rows) {
      if (!is_late(row, options_.now)) continue;
      late.push_back(row.owed);
      customers.push_back(row.owed.customer);
    }
    if (late.empty()) return {};
    std::sort(customers.begin(), customers.end());
    customers.erase(std::unique(customers.begin(), customers.end()), customers.end());
    const std::vector<Key> keys = missed(late, owed_of(parts_.outbox.rows_of(customers)), options_.now);
    return {keys.begin(), keys.end()};
  }

  bool must_be_asked(const OutboxRow& row) {
    if (!refreshed_ || options_.now >= row.owed.good_until || is_late(row, options_.now)) return true;
    if (any_changed_ && is_changed(row.owed.customer)) return true;
    return std::any_of(policy_.capacity.begin(), policy_.capacity.end(), [&](const Capacity& capacity) {
      return std::find(capacity.channels.begin(), capacity.channels.end(), row.owed.channel) != capacity.channels.end();
    });
  }

  // Whether there is something new about the customer, or about somebody who shares a cap with them.
  bool is_changed(std::int64_t customer) {
    if (!coupling_.household && !coupling_.address) return parts_.journal.is_changed(customer);
    const std::vector<std::int64_t> together = with_companions(parts_, {customer}, coupling_);
    return std::any_of(together.begin(), together.end(),
                       [&](std::int64_t each) { return parts_.journal.is_changed(each); });
  }

  void mark_changed(const OutboxRow& row) {
    parts_.journal.mark_changed(row.owed.customer);
    any_changed_ = true;
  }

  // Whose rows the verdict on these depends on.
  std::optional<std::vector<std::int64_t>> concerned(const std::vector<OutboxRow>& rows) {
    if (coupling_.others) return std::nullopt;
    std::vector<std::int64_t> numbers;
    for (const OutboxRow& row : rows) numbers.push_back(row.owed.customer);
    if (coupling_.capacity) {
      const auto called = parts_.outbox.contacted(options_.now - std::chrono::days{2}, options_.now);
      numbers.insert(numbers.end(), called.begin(), called.end());
    }
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    return with_companions(parts_, std::move(numbers), coupling_);
  }

  void ask(const std::vector<OutboxRow>& rows) {
    // What one contact says is asked for each of its parts.
    std::vector<OutboxRow> all = rows;
    for (const OutboxRow& row : rows) {
      for (OutboxRow& part : parts_.outbox.merged_with(row)) all.push_back(std::move(part));
    }
    const Known known = read_known(parts_, concerned(all));
    const std::vector<Verdict> verdicts =
        recheck(known.base, parts_.rules.rules(), owed_of(all), known.numbers, options_.now);
    std::map<Key, std::vector<OutboxRow>> parts;  // by the row whose contact says them
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (verdicts[i].what != Verdict::What::send) {
        carry_out(all[i], verdicts[i]);
      } else if (const auto& contact = verdicts[i].row.contact) {
        parts[*contact].push_back(settled(all[i], verdicts[i].row));
      }
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (verdicts[i].what != Verdict::What::send || verdicts[i].row.contact) continue;
      OutboxRow row = settled(all[i], verdicts[i].row);
      // By another channel it is for whoever sends by that one.
      if (!wanted(row.owed.channel)) continue;
      std::vector<OutboxRow>& merged = parts[row.owed.key];
      parts_.outbox.hold(row, merged, token_, until_, note({}));
      // It goes out otherwise than the plan may have thought: on another day, or though the plan did not know of it.
      mark_changed(row);
      give_out(std::move(row), std::move(merged));
    }
  }

  // The row with the channel, and the contact, by which it goes out now.
  OutboxRow settled(const OutboxRow& row, const OwedRow& as) {
    OutboxRow settled = row;
    settled.owed.channel = as.channel;
    settled.owed.contact = as.contact;
    settled.owed.state = as.contact ? OutboxState::merged : row.owed.state;
    if (!as.contact && row.owed.state == OutboxState::merged) settled.owed.state = OutboxState::planned;
    if (as.channel != row.owed.channel || as.contact != row.owed.contact) {
      parts_.outbox.move(row, settled.owed, note(as.channel != row.owed.channel ? "channel" : "contact"));
    }
    return settled;
  }

  void carry_out(const OutboxRow& row, const Verdict& verdict) {
    switch (verdict.what) {
      case Verdict::What::send:
        return;
      case Verdict::What::move:
        parts_.outbox.move(row, verdict.row, note(verdict.why));
        return;
      case Verdict::What::withdraw:
        parts_.outbox.set_alone(row, OutboxState::withdrawn, note(verdict.why));
        break;
      case Verdict::What::expire:
        parts_.outbox.set_alone(row, OutboxState::expired, note(verdict.why));
        break;
      case Verdict::What::skip:
        parts_.outbox.set_alone(row, OutboxState::skipped, note(verdict.why));
        break;
    }
    // What does not go out makes room for others.
    mark_changed(row);
  }

  void give_out(OutboxRow&& row, std::vector<OutboxRow>&& merged) {
    Claimed& claimed = claimed_.emplace_back();
    claimed.row = std::move(row);
    claimed.row.owed.state = OutboxState::claimed;
    claimed.row.token = token_;
    claimed.row.lease = until_;
    claimed.row.since = options_.now;
    for (OutboxRow& part : merged) claimed.merged.push_back(std::move(part.owed));
  }

  [[nodiscard]] bool wanted(const std::string& channel) const {
    const auto& channels = options_.channels;
    return channels.empty() || std::find(channels.begin(), channels.end(), channel) != channels.end();
  }

  StoreParts& parts_;
  const ClaimOptions& options_;
  const Policy& policy_;
  Coupling coupling_;
  bool refreshed_;
  bool any_changed_;
  std::int64_t token_;
  Instant until_;  // what is claimed here is held
  std::vector<Claimed> claimed_;
};

// After n failures a minute, doubled each time, and six hours at most; a tenth more or less by the key, so that what
// failed together does not come back together.
microseconds back_off(int failures, const Key& key) {
  const auto plain =
      std::min<microseconds>(std::chrono::minutes{1} * (1 << std::min(failures - 1, 20)), std::chrono::hours{6});
  const double share = 0.9 + 0.2 * static_cast<double>(key.low % 1000) / 1000;
  return microseconds{static_cast<std::int64_t>(static_cast<double>(plain.count()) * share)};
}

void staff_said(StoreParts& parts, const OutboxRow& row, const char* kind, const std::string& due,
                const std::string& by, const std::string& why, Instant now) {
  EventRow event;
  event.customer = text_of(row.customer_id);
  event.kind = kind;
  event.asset = row.owed.asset;
  event.due = due;
  event.ref = to_hex(row.owed.key);
  event.by = by;
  event.note = why;
  parts.journal.append(event, row.owed.customer, now);
}

void put_off(StoreParts& parts, const OutboxRow& row, Instant until, const std::string& by, const std::string& why,
             Instant now) {
  if (until <= now)
    throw Error(ErrorKind::time, "a reminder is put off until a later time, not until " + iso_text(until));
  staff_said(parts, row, "snooze", iso_text(until), by, why, now);
  for (const OutboxRow& part : parts.outbox.merged_with(row)) let_alone(parts, part, {now, by, "alone"});
  OwedRow moved = row.owed;
  moved.local += until - moved.due;
  moved.due = until;
  moved.wake = until;
  moved.good_until = until;
  moved.contact.reset();
  moved.state = OutboxState::snoozed;
  parts.outbox.move(row, moved, {now, by, why.empty() ? "snoozed" : std::string_view(why)});
}

void pass_over(StoreParts& parts, const OutboxRow& row, const std::string& by, const std::string& why, Instant now) {
  staff_said(parts, row, "skip", {}, by, why, now);
  for (const OutboxRow& part : parts.outbox.merged_with(row)) let_alone(parts, part, {now, by, "alone"});
  parts.outbox.set_alone(row, OutboxState::skipped, {now, by, why.empty() ? "skipped" : std::string_view(why)});
}

OutboxRow at_hand(StoreParts& parts, const Key& key) {
  auto row = parts.outbox.find(key);
  if (!row) throw Error(ErrorKind::missing, "there is no reminder " + to_hex(key) + " in the store");
  const OutboxState state = row->owed.state;
  if (state == OutboxState::sent || state == OutboxState::claimed) {
    throw Error(ErrorKind::store, "the reminder " + to_hex(key) +
                                      (state == OutboxState::sent ? " has gone out" : " is being sent just now"));
  }
  return std::move(*row);
}

std::string refusal(const Answer& answer, const std::optional<OutboxRow>& row) {
  const std::string about = "the lease of the reminder " + to_hex(answer.key) + " is lost: ";
  if (!row) return about + "it lies elsewhere now, or was erased";
  const OutboxState state = row->owed.state;
  const bool missing = state == OutboxState::unknown && row->token == answer.token;
  if (missing || (state == OutboxState::claimed && row->token == answer.token)) return {};
  if (state == OutboxState::claimed) return about + "somebody else claimed it meanwhile";
  return about + "it is " + std::string(outbox_state_name(state)) + " by now";
}

}  // namespace

std::vector<Claimed> claim(StoreParts& parts, const ClaimOptions& options) {
  if (parts.settings.integer("held")) {
    throw Error(ErrorKind::store,
                "the store was restored from a backup and sends nothing until it is reconciled with what has gone out");
  }
  return Claims(parts, options).take();
}

std::vector<std::string> answer(StoreParts& parts, const std::vector<Answer>& answers, Instant now) {
  std::vector<std::string> refused(answers.size());
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const Answer& each = answers[i];
    const auto row = parts.outbox.at(each.channel, each.wake, each.key);
    refused[i] = refusal(each, row);
    if (!refused[i].empty()) continue;
    const AuditNote note{now, parts.who, each.why};
    switch (each.what) {
      case Answer::What::done: {
        parts.outbox.set(*row, OutboxState::sent, note);
        if (on_another_day(row->owed, now)) parts.journal.mark_changed(row->owed.customer);
        break;
      }
      case Answer::What::failed: {
        const int failures = row->attempts + 1;
        const bool again = each.retry && failures < most_failures;
        parts.outbox.set(*row, again ? OutboxState::failed : OutboxState::given_up,
                         again ? now + back_off(failures, each.key) : row->owed.wake, failures, row->crashes, note);
        if (!again) parts.journal.mark_changed(row->owed.customer);
        break;
      }
      case Answer::What::released:
        parts.outbox.set(*row, OutboxState::planned, {now, parts.who, "released"});
        break;
      case Answer::What::crashed:
        lose(parts, *row, {now, parts.who, each.why.empty() ? "crashed" : std::string_view(each.why)});
        break;
      case Answer::What::snoozed:
        put_off(parts, *row, each.until, parts.who, each.why, now);
        break;
      case Answer::What::skipped:
        pass_over(parts, *row, parts.who, each.why, now);
        break;
    }
  }
  return refused;
}

Answer answer_about(const OutboxRow& held) {
  Answer answer;
  answer.channel = held.owed.channel;
  answer.wake = held.owed.wake;
  answer.key = held.owed.key;
  answer.token = held.token;
  return answer;
}

std::vector<std::string> done(StoreParts& parts, std::span<const Claimed> claim, Instant now) {
  std::vector<const OwedRow*> rows;
  for (const Claimed& each : claim) {
    rows.push_back(&each.row.owed);
    for (const OwedRow& part : each.merged) rows.push_back(&part);
  }
  std::vector<std::string> refused(claim.size());
  const AuditNote note{now, parts.who, {}};
  if (claim.empty() || parts.outbox.send_all(rows, claim.front().row.token, note)) {
    for (const OwedRow* row : rows) {
      if (on_another_day(*row, now)) parts.journal.mark_changed(row->customer);
    }
    return refused;
  }
  std::vector<Answer> answers;
  for (const Claimed& each : claim) answers.push_back(answer_about(each.row));
  return answer(parts, answers, now);
}

void snooze(StoreParts& parts, const Key& key, Instant until, const std::string& by, const std::string& why,
            Instant now) {
  put_off(parts, at_hand(parts, key), until, by.empty() ? parts.who : by, why, now);
}

void skip(StoreParts& parts, const Key& key, const std::string& by, const std::string& why, Instant now) {
  pass_over(parts, at_hand(parts, key), by.empty() ? parts.who : by, why, now);
}

}  // namespace courtesy
