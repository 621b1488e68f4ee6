#include <courtesy/plan/owed.h>
#include <courtesy/store/filled.h>
#include <courtesy/store/outbox_table.h>

namespace courtesy {
OutTable outbox_table(Database& database) {
  Statement all = database.prepare(
      "SELECT o.key, o.customer_id, o.asset, s.occasion, s.step, o.state, o.due, o.wake, o.local, z.text, n.text, "
      "s.audience, "
      "s.purpose, s.message, s.team, o.priority, o.anchor, o.expires, r.text, o.event, o.contact, o.gesture, o.cost, "
      "o.partner, o.attempts, o.crashes, o.changed, o.why FROM outbox AS o "
      "JOIN steps AS s ON s.code = o.step JOIN words AS z ON z.code = o.zone JOIN words AS n ON n.code = o.channel "
      "JOIN words AS r ON r.code = o.reason ORDER BY o.wake, o.key");
  FilledTable table;
  auto& key = table.texts("key");
  auto& customer = table.ids("customer");
  auto& asset = table.texts("asset");
  auto& occasion = table.texts("occasion");
  auto& step = table.texts("step");
  auto& state = table.texts("state");
  auto& due = table.instants("due");
  auto& wake = table.instants("wake");
  auto& local = table.wall_times("local");
  auto& zone = table.texts("zone");
  auto& channel = table.texts("channel");
  auto& audience = table.texts("audience");
  auto& purpose = table.texts("purpose");
  auto& message = table.texts("message");
  auto& team = table.texts("team");
  auto& priority = table.integers("priority");
  auto& anchor = table.dates("anchor");
  auto& expires = table.instants("expires");
  auto& reason = table.texts("reason");
  auto& event = table.texts("event");
  auto& contact = table.texts("contact");
  auto& gesture = table.texts("gesture");
  auto& cost = table.reals("cost");
  auto& partner = table.texts("partner");
  auto& attempts = table.integers("attempts");
  auto& crashes = table.integers("crashes");
  auto& since = table.instants("since");
  auto& why = table.texts("why");
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
    anchor.push_back(Day{std::chrono::days{all.integer(16)}});
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
  return table.finish();
}

OutTable audit_table(Database& database) {
  Statement all = database.prepare(
      "SELECT a.seq, a.at, a.key, c.id, s.occasion, s.step, a.state, w.text, a.why FROM audit AS a JOIN customers AS c "
      "ON c.no = a.customer JOIN words AS w ON w.code = a.who LEFT JOIN owed AS d ON d.customer = a.customer AND d.key "
      "= a.key LEFT JOIN outbox AS o ON o.channel = d.channel AND o.wake = d.wake AND o.key = d.key LEFT JOIN steps AS "
      "s ON s.code = o.step ORDER BY a.seq");
  FilledTable table;
  auto& seq = table.integers("seq");
  auto& at = table.instants("at");
  auto& key = table.texts("key");
  auto& customer = table.ids("customer");
  auto& occasion = table.texts("occasion");
  auto& step = table.texts("step");
  auto& state = table.texts("state");
  auto& who = table.texts("who");
  auto& why = table.texts("why");
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
  return table.finish();
}

}  // namespace courtesy
