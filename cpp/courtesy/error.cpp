#include <courtesy/error.h>

#include <utility>

namespace courtesy {

std::string Problem::text() const {
  std::string place;
  if (!where.table.empty()) {
    place = where.table;
    if (where.row >= 0) place += ", row " + std::to_string(where.row);
    if (!where.field.empty()) place += ", column '" + where.field + "'";
  }
  if (!where.file.empty() || where.line > 0) {
    std::string spot = where.file.empty() ? "line " + std::to_string(where.line) : where.file;
    if (where.line > 0) {
      if (!where.file.empty()) spot += ":" + std::to_string(where.line);
      if (where.column > 0) {
        spot += (where.file.empty() ? ", column " : ":") + std::to_string(where.column);
      }
    }
    place = place.empty() ? spot : place + " (" + spot + ")";
  }
  return place.empty() ? message : place + ": " + message;
}

Error::Error(ErrorKind kind, std::string message, Where where)
    : Error(kind, std::vector<Problem>{Problem{std::move(message), std::move(where)}}) {}

Error::Error(ErrorKind kind, std::vector<Problem> problems) : kind_(kind), problems_(std::move(problems)) {
  for (const Problem& problem : problems_) {
    if (!what_.empty()) what_ += '\n';
    what_ += problem.text();
  }
}

}  // namespace courtesy
