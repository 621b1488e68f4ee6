#include <courtesy/plan/compare.h>

#include <courtesy/base/dictionary.h>

#include <algorithm>
#include <array>
#include <bit>
#include <set>

namespace courtesy {
namespace {

// Rows of a plan by key. Keys are hashes already, so their low half finds its own place.
class RowsByKey {
 public:
  explicit RowsByKey(const std::vector<Key>& keys)
      : keys_(keys), slots_(std::bit_ceil(2 * keys.size() + 1), no_row), mask_(slots_.size() - 1) {
    for (std::size_t row = 0; row < keys.size(); ++row) {
      std::size_t& slot = slots_[slot_of(keys[row])];
      if (slot == no_row) slot = row;
    }
  }

  [[nodiscard]] std::size_t find(const Key& key) const { return slots_[slot_of(key)]; }

 private:
  // Where the key stands, or would stand.
  [[nodiscard]] std::size_t slot_of(const Key& key) const {
    std::size_t at = key.low & mask_;
    while (slots_[at] != no_row && keys_[slots_[at]] != key) at = (at + 1) & mask_;
    return at;
  }

  const std::vector<Key>& keys_;
  std::vector<std::size_t> slots_;
  std::size_t mask_;
};

bool goes_out(const Plan& plan, std::size_t row) { return row != no_row && plan.columns.state[row] != State::withheld; }

// The ways in which reminders go out: an occasion, an audience and a channel, numbered alike for both plans.
class Ways {
 public:
  Ways(const Plan& before, const Plan& after) {
    std::set<std::string> channels;
    for (const Plan* plan : {&after, &before}) {
      for (const Occasion& occasion : plan->rules->occasions) occasions_.code(occasion.name);
      channels.insert(plan->channels.begin(), plan->channels.end());
    }
    channels_.code("");
    for (const std::string& channel : channels) channels_.code(channel);
    counts_.resize(occasions_.names().size() * audiences * channels_.names().size());
  }

  // A plan's own codes as those of both.
  class Codes {
   public:
    Codes(Ways& ways, const Plan& plan) : plan_(plan), channels_(ways.channels_.names().size()) {
      for (const Occasion& occasion : plan.rules->occasions) occasion_.push_back(ways.occasions_.code(occasion.name));
      for (const std::string& channel : plan.channels) channel_.push_back(ways.channels_.code(channel));
    }

    [[nodiscard]] std::size_t way(std::size_t row) const {
      const std::uint32_t occasion = plan_.columns.occasion[row];
      const Code channel = plan_.columns.channel[row];
      const Step& step = plan_.rules->occasions[occasion].steps[plan_.columns.step[row]];
      const auto of_occasion = static_cast<std::size_t>(occasion_[occasion]);
      const auto of_channel = channel == no_code ? 0 : static_cast<std::size_t>(channel_[channel]);
      return (of_occasion * audiences + static_cast<std::size_t>(step.audience)) * channels_ + of_channel;
    }

   private:
    const Plan& plan_;
    std::size_t channels_;
    std::vector<std::int32_t> occasion_, channel_;
  };

  [[nodiscard]] ChangeCounts& counts(std::size_t way) { return counts_[way]; }

  // The ways that any reminder takes.
  [[nodiscard]] std::vector<ChangeCounts> taken() {
    std::vector<ChangeCounts> out;
    for (std::size_t way = 0; way < counts_.size(); ++way) {
      ChangeCounts& counts = counts_[way];
      if (counts.before == 0 && counts.after == 0) continue;
      const std::size_t channels = channels_.names().size();
      counts.channel = channels_.names()[way % channels];
      counts.audience = static_cast<Audience>(way / channels % audiences);
      counts.occasion = occasions_.names()[way / channels / audiences];
      out.push_back(counts);
    }
    return out;
  }

 private:
  static constexpr std::size_t audiences = 2;
  Dictionary occasions_, channels_;
  std::vector<ChangeCounts> counts_;
};

bool have_one_in_common(const Ids& few, const Ids& many) {
  for (std::size_t i = 0; i < few.size(); ++i) {
    const auto row = static_cast<Index>(i);
    const Index found = few.are_integers() && many.are_integers() ? many.find(few.number(row))
                                                                  : many.find(std::string_view(few.text(row)));
    if (found != no_index) return true;
  }
  return false;
}

void check(const Plan& before, const Plan& after) {
  const auto text = [](const Window& window) { return iso_text(window.start) + " to " + iso_text(window.end); };
  if (before.window.start != after.window.start || before.window.end != after.window.end)
    throw Error(ErrorKind::time, "the plans are of different windows, " + text(before.window) + " and " +
                                     text(after.window) + ": plan both for the same one");
  if (before.base == after.base || before.base->customers() == 0 || after.base->customers() == 0) return;
  if (!have_one_in_common(before.base->customer_ids(), after.base->customer_ids()))
    throw Error(ErrorKind::data, "the plans have no customer in common: plan both for the same customers");
}

}  // namespace

std::string_view change_name(Change change) {
  static constexpr std::array<std::string_view, 4> names{"more", "fewer", "moved", "rerouted"};
  return names[static_cast<std::size_t>(change)];
}

Comparison compare(std::shared_ptr<const Plan> before_plan, std::shared_ptr<const Plan> after_plan) {
  const Plan& before = *before_plan;
  const Plan& after = *after_plan;
  check(before, after);
  Comparison out;
  Ways ways(before, after);
  const Ways::Codes ways_before(ways, before);
  const Ways::Codes ways_after(ways, after);
  const auto changed = [&](std::size_t old_row, std::size_t new_row, Change change) {
    out.changes.push_back({old_row, new_row, change});
  };
  const auto gone = [&](std::size_t old_row, std::size_t new_row) {
    ChangeCounts& counts = ways.counts(ways_before.way(old_row));
    ++counts.before;
    ++counts.fewer;
    changed(old_row, new_row, Change::fewer);
  };
  const auto come = [&](std::size_t old_row, std::size_t new_row) {
    ChangeCounts& counts = ways.counts(ways_after.way(new_row));
    ++counts.after;
    ++counts.more;
    changed(old_row, new_row, Change::more);
  };
  const auto stayed = [&](std::size_t old_row, std::size_t new_row) {
    const std::size_t old_way = ways_before.way(old_row);
    const std::size_t new_way = ways_after.way(new_row);
    ++ways.counts(old_way).before;
    ++ways.counts(new_way).after;
    if (old_way != new_way) {
      ++ways.counts(old_way).rerouted_out;
      ++ways.counts(new_way).rerouted_in;
      changed(old_row, new_row, Change::rerouted);
    } else if (before.columns.due[old_row] != after.columns.due[new_row]) {
      ++ways.counts(new_way).moved;
      changed(old_row, new_row, Change::moved);
    } else {
      ++ways.counts(new_way).same;
    }
  };

  const RowsByKey old_rows(before.columns.key);
  std::vector<bool> met(before.size());
  for (std::size_t row = 0; row < after.size(); ++row) {
    const std::size_t old_row = old_rows.find(after.columns.key[row]);
    if (old_row != no_row) met[old_row] = true;
    const bool was = goes_out(before, old_row);
    const bool is = goes_out(after, row);
    if (was && is) {
      stayed(old_row, row);
    } else if (is) {
      come(old_row, row);
    } else if (was) {
      gone(old_row, row);
    }
  }
  for (std::size_t row = 0; row < before.size(); ++row) {
    if (!met[row] && goes_out(before, row)) gone(row, no_row);
  }

  const auto place = [&](const ChangedReminder& each) {
    return each.change == Change::fewer ? std::pair(before.columns.due[each.before], before.columns.key[each.before])
                                        : std::pair(after.columns.due[each.after], after.columns.key[each.after]);
  };
  std::sort(out.changes.begin(), out.changes.end(),
            [&](const ChangedReminder& a, const ChangedReminder& b) { return place(a) < place(b); });
  out.counts = ways.taken();
  out.before = std::move(before_plan);
  out.after = std::move(after_plan);
  return out;
}

}  // namespace courtesy
