#include <courtesy/plan/owed.h>
#include <courtesy/store/filled.h>
#include <courtesy/store/outbox_table.h>

#include <string>
#include <vector>

namespace courtesy {
OutTable outbox_table(Database& database) {
  Statement all = database.prepare(
      "SELECT o.key, c.id, o.asset, s.occasion, s.step, o.state, o.due, o.wake, o.local, z.text, n.text, s.audience, "
      "s.purpose, s.message, s.team, o.priority, o.anchor, o.expires, r.text, o.event, o.contact, o.gesture, o.cost, "
      "o.partner, o.attempts, o.crashes, o.changed, o.why FROM outbox AS o JOIN customers AS c ON c.no = o.customer "
      "JOIN "
      "steps AS s ON s.code = o.step JOIN words AS z ON z.code = o.zone JOIN words AS n ON n.code = o.channel JOIN "
      "words "
      "AS r ON r.code = o.reason ORDER BY o.wake, o.key");
  FilledIds customer;
  FilledTexts key, asset, occasion, step, state, zone, channel, audience, purpose, message, team, reason, event,
      contact, gesture, partner, why;
  std::vector<Instant> due, wake, expires, since;
  std::vector<WallTime> local;
  std::vector<std::int64_t> priority, attempts, crashes;
  std::vector<std::int32_t> anchor;
  std::vector<double> cost;
  while (all.step()) {
    key.add(to_hex(all.key(0)));
    customer.add(all.id(1));
    asset.add(all.text(2));
    occasion.add(all.text(3));
    step.add(all.text(4));
    state.add(outbox_state_name(static_cast<OutboxState>(all.integer(5))));
    due.push_back(all.instant(6));
    wake.push_back(all.instant(7));
    local.push_back(WallTime{std::chrono::microseconds{all.integer(8)}});
    zone.add(all.text(9));
    channel.add(all.text(10));
    audience.add(all.text(11));
    purpose.add(all.text(12));
    message.add(all.text(13));
    team.add(all.text(14));
    priority.push_back(all.integer(15));
    anchor.push_back(static_cast<std::int32_t>(all.integer(16)));
    expires.push_back(all.instant(17));
    reason.add(all.text(18));
    event.add(all.text(19));
    contact.add(all.is_null(20) ? std::string() : to_hex(all.key(20)));
    gesture.add(all.text(21));
    cost.push_back(all.real(22));
    partner.add(all.text(23));
    attempts.push_back(all.integer(24));
    crashes.push_back(all.integer(25));
    since.push_back(all.instant(26));
    why.add(all.text(27));
  }
  std::vector<OutColumn> columns;
  columns.push_back(key.finish("key"));
  columns.push_back(customer.finish("customer"));
  columns.push_back(asset.finish("asset"));
  columns.push_back(occasion.finish("occasion"));
  columns.push_back(step.finish("step"));
  columns.push_back(state.finish("state"));
  columns.push_back(OutColumn::instants("due", due));
  columns.push_back(OutColumn::instants("wake", wake));
  columns.push_back(OutColumn::wall_times("local", local));
  columns.push_back(zone.finish("zone"));
  columns.push_back(channel.finish("channel"));
  columns.push_back(audience.finish("audience"));
  columns.push_back(purpose.finish("purpose"));
  columns.push_back(message.finish("message"));
  columns.push_back(team.finish("team"));
  columns.push_back(OutColumn::integers("priority", std::move(priority)));
  columns.push_back(OutColumn::dates("anchor", std::move(anchor)));
  columns.push_back(OutColumn::instants("expires", expires));
  columns.push_back(reason.finish("reason"));
  columns.push_back(event.finish("event"));
  columns.push_back(contact.finish("contact"));
  columns.push_back(gesture.finish("gesture"));
  columns.push_back(OutColumn::reals("cost", std::move(cost)));
  columns.push_back(partner.finish("partner"));
  columns.push_back(OutColumn::integers("attempts", std::move(attempts)));
  columns.push_back(OutColumn::integers("crashes", std::move(crashes)));
  columns.push_back(OutColumn::instants("since", since));
  columns.push_back(why.finish("why"));
  return OutTable(std::move(columns));
}

OutTable audit_table(Database& database, std::optional<std::int64_t> of) {
  Statement all = database.prepare(
      "SELECT a.seq, a.at, a.key, c.id, s.occasion, s.step, a.state, w.text, a.why FROM audit AS a JOIN customers AS c "
      "ON c.no = a.customer JOIN words AS w ON w.code = a.who LEFT JOIN owed AS d ON d.customer = a.customer AND d.key "
      "= "
      "a.key LEFT JOIN outbox AS o ON o.channel = d.channel AND o.wake = d.wake AND o.key = d.key LEFT JOIN steps AS s "
      "ON s.code = o.step WHERE ?1 IS NULL OR a.customer = ?1 ORDER BY a.seq");
  if (of) {
    all.bind(1, *of);
  } else {
    all.bind_null(1);
  }
  std::vector<std::int64_t> seq;
  std::vector<Instant> at;
  FilledIds customer;
  FilledTexts key, occasion, step, state, who, why;
  while (all.step()) {
    seq.push_back(all.integer(0));
    at.push_back(all.instant(1));
    key.add(to_hex(all.key(2)));
    customer.add(all.id(3));
    occasion.add(all.text(4));
    step.add(all.text(5));
    state.add(outbox_state_name(static_cast<OutboxState>(all.integer(6))));
    who.add(all.text(7));
    why.add(all.text(8));
  }
  std::vector<OutColumn> columns;
  columns.push_back(OutColumn::integers("seq", std::move(seq)));
  columns.push_back(OutColumn::instants("at", at));
  columns.push_back(key.finish("key"));
  columns.push_back(customer.finish("customer"));
  columns.push_back(occasion.finish("occasion"));
  columns.push_back(step.finish("step"));
  columns.push_back(state.finish("state"));
  columns.push_back(who.finish("who"));
  columns.push_back(why.finish("why"));
  return OutTable(std::move(columns));
}

}  // namespace courtesy
