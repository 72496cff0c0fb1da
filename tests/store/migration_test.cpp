#include "store/migrations.hpp"

#include <catch2/catch.hpp>

#include <fstream>

#include "tests/store/folder.hpp"

namespace nurturer::store::test {
namespace {

const PersonId ann{"console:ann"};

constexpr const char* shape =
    "SELECT m.name || '.' || i.name || ' ' || i.type || ' ' || i.[notnull] || ' ' || i.pk FROM sqlite_master m, pragma_table_info(m.name) "
    "i "
    "WHERE m.type = 'table' UNION ALL SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY 1";

// Back to what version 1 wrote, with everything that is in it.
void age_to_version_1(const std::string& path) {
  Database database(path, Database::Mode::write);
  database.run(
      "DROP INDEX outbox_tried; CREATE INDEX outbox_person ON outbox (person);"
      "DROP INDEX timers_owner; CREATE INDEX timers_person ON timers (person);"
      "DROP INDEX persons_forgotten; DROP INDEX persons_touched; ALTER TABLE outbox DROP COLUMN tried;"
      "UPDATE schema_version SET version = 1");
}

}  // namespace

TEST_CASE("a database of version 1 is brought up with all that is in it") {
  const Folder folder;
  Change change;
  change.inbox = Change::InboxMark{"matrix", "$1", at_hour(0)};
  change.records = {{ann, "person", "record"}};
  change.outbox = {{"1", "matrix", "room", ann, "first", at_hour(0), at_hour(0)},
                   {"2", "matrix", "room", {}, "second", at_hour(0), at_hour(0)}};
  change.timers = {{"t", ann, at_hour(1), "timer"}};
  change.cursor = Change::CursorMark{"matrix", "cursor"};
  folder.open()->commit(change);
  const auto present = query(folder.database(), shape);
  age_to_version_1(folder.database());
  const Folder fresh;
  {
    std::ofstream(fresh.path() + "/one").close();
    Database one(fresh.path() + "/one", Database::Mode::write);
    migrate(one, 1);
  }
  REQUIRE(query(folder.database(), shape) == query(fresh.path() + "/one", shape));

  const auto store = folder.open();
  CHECK(store->seen("matrix", "$1"));
  CHECK(store->find(ann, "person") == "record");
  CHECK(store->timers_of(ann).at(0).bytes == "timer");
  CHECK(store->cursor("matrix") == "cursor");
  CHECK(store->outbox("matrix", at_hour(0), 9).size() == 2);
  store->retry("1", at_hour(1));  // what version 2 brought
  CHECK(store->outbox("matrix", at_hour(0), 9).empty());
  CHECK(in_child([&] { return query(folder.database(), shape) == present ? "the same" : "another"; }) == "the same");
}

TEST_CASE("the steps give the same tables one by one and at once") {
  Database at_once("", Database::Mode::nowhere);
  Database one_by_one("", Database::Mode::nowhere);
  const auto all = static_cast<std::int64_t>(migrations().size());
  CHECK(schema_version(at_once) == 0);
  migrate(at_once, all);
  for (std::int64_t version = 1; version <= all; ++version) {
    migrate(one_by_one, version);
    CHECK(schema_version(one_by_one) == version);
  }
  migrate(one_by_one, all);
  const auto shape_of = [](Database& database) {
    std::vector<std::string> lines;
    for (Statement row(database, shape); row.step();) lines.push_back(row.text(0));
    return lines;
  };
  CHECK(shape_of(at_once).size() > 30);
  CHECK(shape_of(at_once) == shape_of(one_by_one));
}

TEST_CASE("a step that fails leaves the version that was there") {
  const Folder folder;
  Change change;
  change.inbox = Change::InboxMark{"matrix", "$1", at_hour(0)};
  folder.open()->commit(change);
  age_to_version_1(folder.database());
  {
    Database database(folder.database(), Database::Mode::write);
    database.run("CREATE INDEX persons_touched ON persons (id)");  // in the way of the last statement of step 2
  }
  CHECK_THROWS_AS(folder.open(), Unavailable);
  CHECK(query(folder.database(), "SELECT version FROM schema_version") == std::vector<std::string>{"1"});
  CHECK(query(folder.database(), "SELECT name FROM pragma_table_info('outbox') WHERE name = 'tried'").empty());
  query(folder.database(), "DROP INDEX persons_touched");
  CHECK(folder.open()->seen("matrix", "$1"));
}

}  // namespace nurturer::store::test
