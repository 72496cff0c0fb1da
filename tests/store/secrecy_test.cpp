// What somebody finds who has the files, and what they can do with them.
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <random>

#include "store/database.hpp"
#include "tests/store/folder.hpp"

namespace nurturer::store::test {
namespace {

using Why = Unavailable::Why;
using Catch::Matchers::Equals;

const PersonId ann{"matrix:@ann:example.org"};
const PersonId ben{"matrix:@ben:example.org"};
const std::string room = "!secret-room:example.org";

Change all_of(const PersonId& person, const std::string& id) {
  Change change;
  change.inbox = Change::InboxMark{"matrix", "$event-" + id, at_hour(0)};
  change.records = {{person, "person", "record of " + person.value}, {person, "talk:" + room, "talk of " + person.value}};
  change.outbox = {{id, "matrix", room, person, "outbox of " + person.value, at_hour(0), at_hour(0)}};
  change.timers = {{id, person, at_hour(1), "timer of " + person.value}};
  change.cursor = Change::CursorMark{"matrix", "cursor at " + id};
  return change;
}

std::vector<std::string> clear_words() {
  return {"@ann:example.org", "secret-room", "$event-1", "record of", "talk of", "talk:", "outbox of", "timer of", "cursor at"};
}

// Everything about one person that stands in the database, plain or not.
std::vector<std::string> marks_of(const Folder& folder, const PersonId& person) {
  std::vector<std::string> marks = {folder.vault().person(person).bytes};
  const std::string sql = in_child([&] {
    std::string found;
    Database database(folder.database(), Database::Mode::read);
    for (const auto* select :
         {"SELECT key FROM persons WHERE id = ?", "SELECT sealed FROM records WHERE person = ?",
          "SELECT name FROM records WHERE person = ?", "SELECT sealed FROM outbox WHERE person = ?",
          "SELECT own_key FROM outbox WHERE person = ? AND own_key IS NOT NULL", "SELECT sealed FROM timers WHERE person = ?"}) {
      Statement row(database, select);
      row.with(folder.vault().person(person));
      while (row.step()) found += pack({row.text(0)});
    }
    return found;
  });
  for (std::size_t at = 0; at + 8 < sql.size();) {
    std::size_t size = 0;
    for (std::size_t i = 0; i < 8; ++i) size = size << 8 | static_cast<unsigned char>(sql[at + i]);
    // The first bytes are enough, and a stale copy may be cut.
    marks.push_back(sql.substr(at + 8, std::min<std::size_t>(size, 24)));
    at += 8 + size;
  }
  return marks;
}

void run_sql(const Folder& folder, const std::string& sql) { Database(folder.database(), Database::Mode::write).run(sql); }

std::string hex(const Digest& digest) {
  static constexpr const char* digits = "0123456789abcdef";
  std::string text = "x'";
  for (const char c : digest.bytes) {
    text += digits[static_cast<unsigned char>(c) >> 4];
    text += digits[static_cast<unsigned char>(c) & 15];
  }
  return text + "'";
}

}  // namespace

TEST_CASE("nothing of a person lies in clear in any file") {
  const Folder folder;
  const bool with_row = GENERATE(true, false);
  auto store = folder.open();
  Change change = all_of(ann, "1");
  if (!with_row) change.records.clear();
  store->commit(change);
  // The log and its index are there to be searched.
  REQUIRE(std::filesystem::file_size(folder.database() + "-wal") > 0);
  REQUIRE(std::filesystem::exists(folder.database() + "-shm"));
  CHECK_THAT(traces(folder.path(), clear_words()), Equals(""));
  CHECK_FALSE(traces(folder.path(), {"key_check"}).empty());  // the search finds what is there
  store.reset();
  CHECK_THAT(traces(folder.path(), clear_words()), Equals(""));
}

TEST_CASE("the deployment's key is not in the folder's other files, nor a person's key in any") {
  const Folder folder;
  auto store = folder.open();
  store->commit(all_of(ann, "1"));
  const std::string key = in_child([&] {
    std::string bytes(32, '\0');
    FILE* file = std::fopen(folder.key().c_str(), "rb");
    const auto got = std::fread(bytes.data(), 1, bytes.size(), file);
    std::fclose(file);
    return got == 32 ? bytes : "";
  });
  CHECK(traces(folder.path(), {key}) == "key: 0\n");
  const std::string person_key = in_child([&] {
    Database database(folder.database(), Database::Mode::read);
    Statement row(database, "SELECT key, id FROM persons");
    if (!row.step()) return std::string("no row");
    return std::string(folder.vault().unwrap(row.sealed(0), pack({"persons", "key", row.text(1)}))->view());
  });
  REQUIRE(person_key.size() == 32);
  CHECK_THAT(traces(folder.path(), {person_key}), Equals(""));
}

TEST_CASE("each person has a key of their own") {
  const Folder folder;
  auto store = folder.open();
  store->commit(all_of(ann, "1"));
  store->commit(all_of(ben, "2"));
  store.reset();
  CHECK(query(folder.database(), "SELECT count(DISTINCT key) FROM persons") == std::vector<std::string>{"2"});
  CHECK(query(folder.database(), "SELECT count(*) FROM outbox WHERE own_key IS NOT NULL") == std::vector<std::string>{"0"});
  // Without her key nothing of Ann's can be read, and all of Ben's.
  run_sql(folder, "UPDATE persons SET key = NULL WHERE id = " + hex(folder.vault().person(ann)));
  store = folder.open();
  CHECK_FALSE(store->knows(ann));
  CHECK_FALSE(store->find(ann, "person"));
  CHECK(store->timers_of(ann).empty());
  CHECK(store->outbox("matrix", at_hour(0), 9).size() == 1);
  CHECK(store->due(at_hour(1), 9).size() == 1);
  CHECK(store->find(ben, "person") == "record of " + ben.value);
  CHECK(store->timers_of(ben).at(0).bytes == "timer of " + ben.value);
  // And when she comes back, what was left of her does not.
  Change change;
  change.records = {{ann, "person", "new"}};
  store->commit(change);
  CHECK(store->find(ann, "person") == "new");
  CHECK_FALSE(store->find(ann, "talk:" + room));
  CHECK(store->timers_of(ann).empty());
}

TEST_CASE("entries of persons without a row have keys of their own") {
  const Folder folder;
  auto store = folder.open();
  Change change = all_of(ann, "1");
  change.records.clear();
  change.outbox.push_back({"2", "matrix", room, ann, "another", at_hour(0), at_hour(0)});
  store->commit(change);
  store.reset();
  CHECK(query(folder.database(), "SELECT count(DISTINCT own_key) FROM (SELECT own_key FROM outbox UNION ALL SELECT own_key FROM timers)") ==
        std::vector<std::string>{"3"});
}

TEST_CASE("rows that were moved to another place are refused") {
  const Folder folder;
  auto store = folder.open();
  const bool with_row = GENERATE(true, false);
  for (const auto& [person, id] : {std::pair{ann, "1"}, std::pair{ben, "2"}}) {
    Change change = all_of(person, id);
    if (!with_row) change.records.clear();
    store->commit(change);
  }
  const Vault vault = folder.vault();
  store.reset();
  const std::string of_ann = hex(vault.person(ann)), of_ben = hex(vault.person(ben));
  const std::string talk = hex(vault.record(vault.person(ann), "talk:" + room));
  const auto refused = [&](const std::string& sql, const std::function<void(Store&)>& read) {
    INFO(sql);
    run_sql(folder, sql);
    const auto opened = folder.open();
    CHECK(why_of([&] { read(*opened); }) == Why::damaged);
  };
  const auto find = [](Store& opened) { static_cast<void>(opened.find(ann, "person")); };
  const auto outbox = [](Store& opened) { static_cast<void>(opened.outbox("matrix", at_hour(0), 9)); };
  const auto due = [](Store& opened) { static_cast<void>(opened.due(at_hour(99), 9)); };
  if (with_row) {
    SECTION("a record under another name") {
      refused("UPDATE records SET sealed = (SELECT sealed FROM records WHERE name = " + talk + ") WHERE person = " + of_ann, find);
    }
    SECTION("a person's key") { refused("UPDATE persons SET key = (SELECT key FROM persons WHERE id = " + of_ben + ")", find); }
    SECTION("a person's rows with the key") {
      refused("PRAGMA foreign_keys = OFF; DELETE FROM persons WHERE id = " + of_ann + "; UPDATE persons SET id = " + of_ann, find);
    }
  } else {
    SECTION("the key of an entry") {
      refused("UPDATE outbox SET own_key = (SELECT own_key FROM outbox WHERE id = '2') WHERE id = '1'", outbox);
    }
    SECTION("the key of an entry into a timer") {
      refused("UPDATE timers SET own_key = (SELECT own_key FROM outbox WHERE id = '1') WHERE id = '1'", due);
    }
  }
  SECTION("an entry to another person") { refused("UPDATE outbox SET person = " + of_ben + " WHERE id = '1'", outbox); }
  SECTION("an entry to another channel") {
    refused("UPDATE outbox SET channel = 'discord' WHERE id = '1'",
            [](Store& opened) { static_cast<void>(opened.outbox("discord", at_hour(0), 9)); });
  }
  SECTION("an entry under another id") { refused("UPDATE outbox SET id = '9' WHERE id = '1'", outbox); }
  SECTION("an entry to another room") { refused("UPDATE outbox SET room = zeroblob(32) WHERE id = '1'", outbox); }
  SECTION("an entry's text") { refused("UPDATE outbox SET sealed = (SELECT sealed FROM outbox WHERE id = '2') WHERE id = '1'", outbox); }
  SECTION("a timer to another time") { refused("UPDATE timers SET due = due + 1 WHERE id = '1'", due); }
  SECTION("a timer to another id") { refused("UPDATE timers SET id = '9' WHERE id = '1'", due); }
  SECTION("a cursor to another channel") {
    refused("UPDATE cursors SET channel = 'discord'", [](Store& opened) { static_cast<void>(opened.cursor("discord")); });
  }
}

TEST_CASE("of a forgotten person no trace is in any file") {
  // Enough persons, in random order, that pages are split and merged: there deleted rows leave copies (see src/store/erase.hpp).
  constexpr unsigned persons = 400, forgotten = 20;
  const Folder folder;
  auto store = folder.open();
  std::mt19937 dice(7);
  const auto person_of = [](unsigned i) { return PersonId{"matrix:@person" + std::to_string(i) + ":example.org"}; };
  for (unsigned i = 0; i < persons; ++i) {
    Change change = all_of(person_of(i), std::to_string(i));
    change.records.push_back({person_of(i), "more", std::string(dice() % 900, 'x')});
    store->commit(change);
  }
  std::vector<std::string> marks;
  for (unsigned i = 0; i < forgotten; ++i) {
    const auto person = person_of(i * persons / forgotten);
    const auto found = marks_of(folder, person);
    REQUIRE(found.size() == 10);
    CHECK_FALSE(traces(folder.path(), found).empty());
    marks.insert(marks.end(), found.begin(), found.end());
    store->forget(person);
    CHECK_THAT(traces(folder.path(), marks), Equals(""));
  }
  CHECK(store->knows(person_of(1)));
}

TEST_CASE("of a person who was never known, entries that are forgotten leave no trace") {
  const Folder folder;
  const auto store = folder.open();
  Change change = all_of(ann, "1");
  change.records.clear();
  store->commit(change);
  const auto marks = marks_of(folder, ann);
  REQUIRE(marks.size() == 4);
  store->forget(ann);
  CHECK_THAT(traces(folder.path(), marks), Equals(""));
}

TEST_CASE("a sweep leaves no trace of idle persons and of delivered entries") {
  const Folder folder;
  const auto store = folder.open();
  Change change = all_of(ann, "1");
  change.at = at_hour(0);
  store->commit(change);
  auto marks = marks_of(folder, ann);
  change = all_of(ben, "2");
  change.records.clear();
  change.timers.clear();
  store->commit(change);
  const auto of_entry = marks_of(folder, ben);
  marks.insert(marks.end(), of_entry.begin(), of_entry.end());
  store->delivered("2");
  store->sweep(at_hour(100), at_hour(99));
  CHECK_FALSE(store->knows(ann));
  CHECK_THAT(traces(folder.path(), marks), Equals(""));
}

}  // namespace nurturer::store::test
