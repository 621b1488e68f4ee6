// The anchor silent = "180 days" or { cadence = 1.5, segment = "tier" }.
#include <courtesy/rules/read_parts.h>

namespace courtesy {
namespace {

void read_cadence(Reader& occasion, const Node& node, Lapse& anchor) {
  constexpr double most = 1'000;
  Reader reader(node, occasion.context() + ", silent", occasion.problems());
  reader.need({"cadence"}, "write silent = { cadence = 1.5 }, or a span such as \"180 days\"");
  if (const Node* cadence = reader.find("cadence")) {
    const double times = number_in(*cadence).value_or(0);
    if (times > 0 && times <= most) {
      anchor.cadence = times;
    } else {
      reader.expected("cadence", "a number above 0 and up to " + number_text(most), *cadence);
    }
  }
  anchor.segment = reader.text("segment").value_or("");
  reader.refuse_unknown({"cadence", "segment"});
}

}  // namespace

Lapse read_lapse(Reader& reader) {
  Lapse anchor;
  const Node& node = *reader.find("silent");
  if (std::holds_alternative<Node::Entries>(node.value)) {
    read_cadence(reader, node, anchor);
  } else if (const auto span =
                 reader.days_of(node, "silent", "a span such as '180 days' or a table such as { cadence = 1.5 }")) {
    anchor.span = *span;
  }
  anchor.since = reader.texts("since");
  if (!reader.has("since")) {
    reader.problem("'silent' needs 'since', the event kinds that break the silence, such as since = \"purchase\"",
                   node.key_where);
  }
  return anchor;
}

}  // namespace courtesy
