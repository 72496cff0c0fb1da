// One contract for both stores.
#include <catch2/catch.hpp>

#include "tests/store/folder.hpp"

namespace nurturer::store::test {
namespace {

struct InMemory {
  std::unique_ptr<Store> store = open_memory();
};

struct OnDisk {
  Folder folder;
  std::unique_ptr<Store> store = folder.open();
};

const PersonId ann{"console:ann"};
const PersonId ben{"console:ben"};

Record record_of(const PersonId& person, const std::string& name, const std::string& bytes) { return {person, name, bytes}; }

OutboxEntry entry_of(const std::string& id, const std::string& room, const PersonId& person = ann, Time try_at = at_hour(0)) {
  return {id, "matrix", room, person, "text of " + id, at_hour(0), try_at};
}

std::vector<std::string> ids(const std::vector<OutboxEntry>& entries) {
  std::vector<std::string> result;
  result.reserve(entries.size());
  for (const auto& entry : entries) result.push_back(entry.id);
  return result;
}

std::vector<std::string> ids(const std::vector<Timer>& timers) {
  std::vector<std::string> result;
  result.reserve(timers.size());
  for (const auto& timer : timers) result.push_back(timer.id);
  return result;
}

using Ids = std::vector<std::string>;

void put_record(Store& store, const PersonId& person, std::optional<Time> at = std::nullopt) {
  Change change;
  change.records = {record_of(person, "person", "of " + person.value)};
  change.at = at;
  store.commit(change);
}

void put_entries(Store& store, std::vector<OutboxEntry> entries) {
  Change change;
  change.outbox = std::move(entries);
  store.commit(change);
}

void put_timers(Store& store, std::vector<Timer> timers) {
  Change change;
  change.timers = std::move(timers);
  store.commit(change);
}

}  // namespace

TEMPLATE_TEST_CASE("a record is found as it was put", "", InMemory, OnDisk) {
  TestType box;
  Store& store = *box.store;
  const std::string bytes("any \0 bytes \xff", 13);
  Change change;
  change.records = {record_of(ann, "person", bytes), record_of(ann, "talk:room", ""), record_of(ben, "person", "Ben's")};
  store.commit(change);
  CHECK(store.find(ann, "person") == bytes);
  CHECK(store.find(ann, "talk:room") == "");
  CHECK(store.find(ben, "person") == "Ben's");
  CHECK_FALSE(store.find(ben, "talk:room"));
  CHECK_FALSE(store.find({"console:eve"}, "person"));

  change.records = {record_of(ann, "person", "newer")};
  change.drop_records = {{ann, "talk:room"}, {ben, "never there"}, {{"console:eve"}, "person"}};
  store.commit(change);
  CHECK(store.find(ann, "person") == "newer");
  CHECK_FALSE(store.find(ann, "talk:room"));
  CHECK_FALSE(store.knows({"console:eve"}));
}

TEMPLATE_TEST_CASE("what is dropped goes before what is put", "", InMemory, OnDisk) {
  TestType box;
  Change change;
  change.drop_records = {{ann, "person"}};
  change.records = {record_of(ann, "person", "stays")};
  change.drop_timers = {"t"};
  change.timers = {{"t", ann, at_hour(1), "stays"}};
  box.store->commit(change);
  CHECK(box.store->find(ann, "person") == "stays");
  CHECK(ids(box.store->timers_of(ann)) == Ids{"t"});
}

TEMPLATE_TEST_CASE("a person has a row only once a record is put", "", InMemory, OnDisk) {
  TestType box;
  Store& store = *box.store;
  Change change;
  change.outbox = {entry_of("1", "room")};
  change.timers = {{"t", ann, at_hour(1), "later"}};
  change.inbox = Change::InboxMark{"matrix", "$event", at_hour(0)};
  store.commit(change);
  CHECK_FALSE(store.knows(ann));
  put_record(store, ann);
  CHECK(store.knows(ann));
  // What was sealed before the row was there is still to be read after.
  CHECK(store.outbox("matrix", at_hour(0), 9).at(0).bytes == "text of 1");
  CHECK(store.timers_of(ann).at(0).bytes == "later");
}

TEMPLATE_TEST_CASE("an inbox id is seen once it was marked, on its channel", "", InMemory, OnDisk) {
  TestType box;
  Store& store = *box.store;
  CHECK_FALSE(store.seen("matrix", "$1"));
  Change change;
  change.inbox = Change::InboxMark{"matrix", "$1", at_hour(0)};
  store.commit(change);
  store.commit(change);
  CHECK(store.seen("matrix", "$1"));
  CHECK_FALSE(store.seen("discord", "$1"));
  CHECK_FALSE(store.seen("matri", "x$1"));
}

TEMPLATE_TEST_CASE("a channel's cursor is the last one put", "", InMemory, OnDisk) {
  TestType box;
  Store& store = *box.store;
  CHECK_FALSE(store.cursor("matrix"));
  for (const auto* bytes : {"first", "", "s72594_4483_1934"}) {
    Change change;
    change.cursor = Change::CursorMark{"matrix", bytes};
    store.commit(change);
    CHECK(store.cursor("matrix") == bytes);
  }
  CHECK_FALSE(store.cursor("discord"));
}

TEMPLATE_TEST_CASE("an empty change is none", "", InMemory, OnDisk) {
  TestType box;
  box.store->commit({});
  CHECK_FALSE(box.store->next_due());
  CHECK(box.store->outbox("matrix", at_hour(0), 9).empty());
}

TEMPLATE_TEST_CASE("outbox entries come back whole, until they are delivered", "", InMemory, OnDisk) {
  TestType box;
  Store& store = *box.store;
  const bool with_row = GENERATE(false, true);
  if (with_row) put_record(store, ann);
  OutboxEntry entry{"7", "discord", "room", ann, std::string("te\0xt", 5), at_hour(1), at_hour(2)};
  put_entries(store, {entry, entry_of("8", "room", {})});
  CHECK(store.outbox("discord", at_hour(2) - std::chrono::milliseconds(1), 9).empty());
  const auto found = store.outbox("discord", at_hour(2), 9);
  REQUIRE(found.size() == 1);
  CHECK(found[0].id == entry.id);
  CHECK(found[0].channel == entry.channel);
  CHECK(found[0].room == entry.room);
  CHECK(found[0].person == entry.person);
  CHECK(found[0].bytes == entry.bytes);
  CHECK(found[0].made == entry.made);
  CHECK(found[0].try_at == entry.try_at);
  CHECK(store.outbox("matrix", at_hour(2), 9).at(0).person.value.empty());
  store.delivered("7");
  store.delivered("7");
  CHECK(store.outbox("discord", at_hour(2), 9).empty());
  CHECK(ids(store.outbox("matrix", at_hour(2), 9)) == Ids{"8"});
}

TEMPLATE_TEST_CASE("entries of one room go out in order", "", InMemory, OnDisk) {
  TestType box;
  Store& store = *box.store;
  put_entries(store, {entry_of("3", "a"), entry_of("1", "a"), entry_of("2", "b"), entry_of("4", "a")});
  const auto found = store.outbox("matrix", at_hour(0), 9);
  Ids of_a;
  for (const auto& entry : found)
    if (entry.room == "a") of_a.push_back(entry.id);
  CHECK(of_a == Ids{"1", "3", "4"});
  CHECK(found.size() == 4);
  CHECK(store.outbox("matrix", at_hour(0), 2).size() == 2);
  CHECK(store.outbox("matrix", at_hour(0), 0).empty());
}

TEMPLATE_TEST_CASE("an entry that waits for its next try holds back its room, no other", "", InMemory, OnDisk) {
  TestType box;
  Store& store = *box.store;
  put_entries(store, {entry_of("1", "a"), entry_of("2", "a"), entry_of("3", "b")});
  store.retry("1", at_hour(1));
  store.retry("unknown", at_hour(1));
  CHECK(ids(store.outbox("matrix", at_hour(0), 9)) == Ids{"3"});
  CHECK(store.outbox("matrix", at_hour(1), 9).size() == 3);
  store.delivered("1");
  CHECK(store.outbox("matrix", at_hour(0), 9).size() == 2);
}

TEMPLATE_TEST_CASE("an entry made for later holds nothing back", "", InMemory, OnDisk) {
  TestType box;
  put_entries(*box.store, {entry_of("1", "a", ann, at_hour(1)), entry_of("2", "a")});
  CHECK(ids(box.store->outbox("matrix", at_hour(0), 9)) == Ids{"2"});
  CHECK(ids(box.store->outbox("matrix", at_hour(1), 9)) == Ids{"1", "2"});
}

TEMPLATE_TEST_CASE("timers come by due time, then id", "", InMemory, OnDisk) {
  TestType box;
  Store& store = *box.store;
  put_record(store, ben);
  put_timers(store, {{"b", ann, at_hour(2), "b"}, {"c", ben, at_hour(1), "c"}, {"a", {}, at_hour(2), "a"}});
  CHECK(store.next_due() == at_hour(1));
  CHECK(store.next_due(at_hour(1)) == at_hour(2));
  CHECK(ids(store.due(at_hour(1), 9)) == Ids{"c"});
  CHECK(ids(store.due(at_hour(2), 9)) == Ids{"c", "a", "b"});
  CHECK(ids(store.due(at_hour(2), 2)) == Ids{"c", "a"});
  CHECK(store.due(at_hour(0), 9).empty());
  const auto of_ben = store.timers_of(ben);
  REQUIRE(of_ben.size() == 1);
  CHECK(of_ben[0].person == ben);
  CHECK(of_ben[0].bytes == "c");
  CHECK(of_ben[0].due == at_hour(1));

  put_timers(store, {{"c", ben, at_hour(3), "moved"}});
  CHECK(store.next_due() == at_hour(2));
  CHECK(store.timers_of(ben).at(0).bytes == "moved");
  Change change;
  change.drop_timers = {"a", "b", "c", "unknown"};
  store.commit(change);
  CHECK_FALSE(store.next_due());
}

TEMPLATE_TEST_CASE("forgetting takes all of the person and nothing of others", "", InMemory, OnDisk) {
  TestType box;
  Store& store = *box.store;
  const bool with_row = GENERATE(true, false);
  if (with_row) put_record(store, ann);
  put_record(store, ben);
  put_entries(store, {entry_of("1", "a"), entry_of("2", "a", ben), entry_of("3", "a", {})});
  put_timers(store, {{"1", ann, at_hour(1), "x"}, {"2", ben, at_hour(2), "y"}});
  store.forget(ann);
  store.forget(ann);
  store.forget({"console:eve"});
  CHECK_FALSE(store.knows(ann));
  CHECK_FALSE(store.find(ann, "person"));
  CHECK(ids(store.outbox("matrix", at_hour(0), 9)) == Ids{"2", "3"});
  CHECK(store.next_due() == at_hour(2));
  CHECK(store.timers_of(ann).empty());
  CHECK(store.find(ben, "person") == "of console:ben");
  CHECK(store.timers_of(ben).at(0).bytes == "y");

  put_record(store, ann);
  CHECK(store.find(ann, "person") == "of console:ann");
}

TEMPLATE_TEST_CASE("a sweep drops inbox marks after 7 days and outbox entries after 24 hours", "", InMemory, OnDisk) {
  TestType box;
  Store& store = *box.store;
  Change change;
  change.inbox = Change::InboxMark{"matrix", "$1", at_hour(0)};
  change.outbox = {entry_of("1", "a")};
  store.commit(change);
  store.sweep(at_hour(24) - std::chrono::milliseconds(1), at_hour(-1000));
  CHECK(store.outbox("matrix", at_hour(0), 9).size() == 1);
  store.sweep(at_hour(24), at_hour(-1000));
  CHECK(store.outbox("matrix", at_hour(0), 9).empty());
  store.sweep(at_hour(24 * 7) - std::chrono::milliseconds(1), at_hour(-1000));
  CHECK(store.seen("matrix", "$1"));
  store.sweep(at_hour(24 * 7), at_hour(-1000));
  CHECK_FALSE(store.seen("matrix", "$1"));
}

TEMPLATE_TEST_CASE("a sweep forgets persons who were not touched for long", "", InMemory, OnDisk) {
  TestType box;
  Store& store = *box.store;
  put_record(store, ann, at_hour(1));
  put_record(store, ben, at_hour(1));
  put_timers(store, {{"t", ann, at_hour(5000), "x"}});
  put_record(store, ben, at_hour(24 * 3 + 5));
  put_record(store, ben, at_hour(24));  // a clock that went back does not make anybody idle
  store.sweep(at_hour(24 * 100), at_hour(23));
  CHECK(store.knows(ann));
  store.sweep(at_hour(24 * 100), at_hour(24 * 3 + 6));
  CHECK_FALSE(store.knows(ann));
  CHECK_FALSE(store.next_due());
  CHECK(store.knows(ben));
  store.sweep(at_hour(24 * 100), at_hour(24 * 4));
  CHECK_FALSE(store.knows(ben));
}

TEMPLATE_TEST_CASE("a person put without a time is dated by the next sweep", "", InMemory, OnDisk) {
  TestType box;
  Store& store = *box.store;
  put_record(store, ann);
  store.sweep(at_hour(24 * 100), at_hour(24 * 200));
  CHECK_FALSE(store.knows(ann));
  put_record(store, ann);
  store.sweep(at_hour(24 * 100), at_hour(24 * 90));
  store.sweep(at_hour(24 * 110), at_hour(24 * 100));
  CHECK(store.knows(ann));
  store.sweep(at_hour(24 * 111), at_hour(24 * 101));
  CHECK_FALSE(store.knows(ann));
}

}  // namespace nurturer::store::test
