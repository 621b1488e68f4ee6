// What became of promises: events `promise` and `renegotiated` with a `due`, and `kept`, `broken` and `renegotiated`
// that answer them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <courtesy/base/customer_base.h>
#include <courtesy/insight/cases.h>

namespace courtesy {

struct PromiseOutcome {
  enum class Answer : std::uint8_t { none, kept, broken, renegotiated };
  Index event = no_index;   // the `promise`, or the `renegotiated`
  Index first = no_index;   // the event with which its case began; itself where it took no other's place
  Index answer = no_index;  // the first event that answers it, in time or late
  Answer answered = Answer::none;
  Instant due;                    // when its time is over: of a date the midnight that follows
  std::optional<Instant> breach;  // when it was broken: so recorded, or when its time was over; nothing where it was
                                  // kept or renegotiated in time
  Day breach_day;                 // of the breach, in the customer's zone
  bool broken = false;            // it was recorded as broken in time
};

// Those of all customers. A pure look at the base: a promise whose due lies in the future has a breach there until an
// event in time answers it.
class Promises {
 public:
  explicit Promises(const CustomerBase& base);

  // In the order of the base's events: by customer, then by time.
  [[nodiscard]] std::span<const PromiseOutcome> all() const { return outcomes_; }
  [[nodiscard]] std::span<const PromiseOutcome> of(Index customer) const;
  // That of the event; null where it promises nothing.
  [[nodiscard]] const PromiseOutcome* find(Index event) const;
  // Whether a `broken` event answers a promise that is known: the breach is that promise's.
  [[nodiscard]] bool is_answer(Index broken) const;

 private:
  // One customer's promises while they are read.
  struct Read {
    Index customer;
    Cases cases;
    std::size_t begin = 0;                   // of its outcomes
    std::vector<std::string> ids;            // of its promises, in the order of the outcomes
    std::vector<std::string_view> of_cases;  // theirs
    std::vector<std::size_t> open;           // which of them nothing has answered yet
  };
  void read(Index customer);
  void answer(Read& read, Index event);
  void settle(Index customer, PromiseOutcome& outcome) const;

  const CustomerBase& base_;
  KindFlags promises_;  // by kind
  Code kept_, broken_, renegotiated_;
  std::vector<PromiseOutcome> outcomes_;
  std::vector<Index> answers_;  // `broken` events that answer some promise, in order
};

// Whether an event came after a promise was broken: later than that, or given by the very date of it. What says that it
// was broken did not.
[[nodiscard]] bool came_after_breach(const CustomerBase& base, const PromiseOutcome& promise, Index event,
                                     Index customer);

// Whether an event speaks of an asset: one without an asset speaks of all, and what is about none hears all.
[[nodiscard]] bool concerns(const CustomerBase& base, Index event, Index asset);

}  // namespace courtesy
