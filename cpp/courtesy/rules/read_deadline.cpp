// The anchor due = "promise", target = 0.6 or { before = "4 days" }.
#include <courtesy/rules/read_parts.h>

namespace courtesy {
namespace {

void read_target(Reader& occasion, const Node& node, Deadline& anchor) {
  if (!std::holds_alternative<Node::Entries>(node.value)) {
    const double share = number_in(node).value_or(0);
    if (share > 0 && share < 1) {
      anchor.target_share = share;
    } else {
      occasion.expected("target",
                        "a share of the promised span between 0 and 1, such as 0.6, or a table such as { before = "
                        "\"4 days\" }",
                        node);
    }
    return;
  }
  Reader reader(node, occasion.context() + ", target", occasion.problems());
  reader.need({"before"}, "write target = { before = \"4 days\" }, or a share of the promised span such as 0.6");
  if (const auto before = reader.span("before")) {
    if (before->zero()) reader.expected("before", "a span longer than nothing", *reader.find("before"));
    anchor.target_before = *before;
  }
  reader.refuse_unknown({"before"});
}

}  // namespace

Deadline read_deadline(Reader& reader) {
  Deadline anchor;
  anchor.kind = reader.text("due").value_or("");
  if (const Node* target = reader.find("target")) read_target(reader, *target, anchor);
  return anchor;
}

}  // namespace courtesy
