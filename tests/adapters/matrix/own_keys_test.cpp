// The keys of this device and of the account, from memory: what is refused before the first upload, what is signed, what is kept.
#include <catch2/catch.hpp>

#include "engine.hpp"

using namespace nurturer::matrix;
using namespace nurturer::matrix::test;
using nurturer::channel::Failure;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

bool says(const std::vector<std::string>& lines, const std::string& part) {
  return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) { return line.find(part) != std::string::npos; });
}

}  // namespace

TEST_CASE("a device that is signed already is ready without an upload") {
  Engine engine;
  SealedHome home(engine);
  home.begin();
  CHECK(home.ready);
  CHECK(home.count("/upload") == 0);
  CHECK(home.recovery.empty());
  CHECK(home.failures.empty());
}

TEST_CASE("a store whose keys are not those that the server knows is refused before any upload, and so is its device from then on") {
  Engine engine;
  engine.outgoing = {Engine::request("u", "upload", "keys/upload")};
  SealedHome home(engine);
  home.on("/keys/query", 200, told_keys("other"));
  home.begin();
  REQUIRE(home.failures.size() == 1);
  CHECK(home.failures[0].kind == Failure::Kind::credentials);
  CHECK(home.failures[0].sentence.find("nurturer matrix login") != std::string::npos);
  CHECK(home.failures[0].sentence.find(self) != std::string::npos);
  CHECK(home.failures[0].sentence.find("data/matrix-recovery-key") != std::string::npos);
  CHECK(home.count("/upload") == 0);
  CHECK(home.stopped);
  REQUIRE(home.kept.size() == 1);
  CHECK(home.kept[0].spent);

  // The next start does not even open it.
  SealedHome again(engine, sealed_settings(), home.kept[0]);
  again.begin();
  REQUIRE(again.failures.size() == 1);
  CHECK(again.failures[0].kind == Failure::Kind::credentials);
  CHECK(again.crypted.empty());
}

TEST_CASE("a store that cannot be opened is no reason to spend the device") {
  Engine engine;
  engine.outcomes["open"] = {{}, "store", "the disk is full"};
  SealedHome home(engine);
  home.begin();
  REQUIRE(home.failures.size() == 1);
  CHECK(home.failures[0].kind == Failure::Kind::internal);
  CHECK(home.failures[0].sentence.find("the disk is full") != std::string::npos);
  CHECK(home.kept.empty());
}

TEST_CASE("one-time keys that the server has otherwise show an old copy: refused") {
  Engine engine;
  engine.outgoing = {Engine::request("u", "upload", "keys/upload")};
  SealedHome home(engine);
  home.on("/keys/upload", 400, {{"errcode", "M_UNKNOWN"}, {"error", "One time key signed_curve25519:AAAA already exists."}});
  home.begin();
  REQUIRE(home.failures.size() == 1);
  CHECK(home.failures[0].sentence.find("an old copy") != std::string::npos);
  CHECK(home.count("/keys/upload") == 1);
}

TEST_CASE("a fresh account is set up: keys, signature, the recovery key first to the operator, then the secret storage, its name last") {
  Engine engine;
  engine.signs = engine.is_signed = false;
  SealedHome home(engine);
  home.on("/keys/query", 200, told_keys("E", false));
  home.on("/account_data/m.secret_storage.default_key", 404, {{"errcode", "M_NOT_FOUND"}});
  home.on("/account_data/m.secret_storage.default_key", [](const Request& request) -> std::optional<Answer> {
    if (request.method == "PUT") return Answer{.status = 200, .body = "{}"};
    return Answer{.status = 404, .body = R"({"errcode":"M_NOT_FOUND"})"};
  });
  home.begin();
  CHECK(home.ready);
  CHECK(home.count("/keys/device_signing/upload") == 1);
  CHECK(home.count("/keys/signatures/upload") == 1);
  CHECK(home.recovery == std::vector<std::string>{"Es Tz"});
  const Request* last = home.last("/account_data/");
  REQUIRE(last != nullptr);
  CHECK(last->method == "PUT");
  CHECK(last->target.find("default_key") != std::string::npos);
  CHECK(!says(home.log, "Es Tz"));
}

TEST_CASE("a server that asks who we are gets the password, in the session that it named, and no key twice") {
  Engine engine;
  engine.signs = engine.is_signed = false;
  SealedHome home(engine);
  home.on("/keys/query", 200, told_keys("E", false));
  home.on("/keys/device_signing/upload", [](const Request& request) -> std::optional<Answer> {
    const auto body = parse(request.body);
    if (text_at(*body, {"auth", "session"}) == "S1" && text_at(*body, {"auth", "password"}) == "pass" &&
        text_at(*body, {"auth", "identifier", "user"}) == self)
      return Answer{.status = 200, .body = "{}"};
    return Answer{.status = 401, .body = R"({"session":"S1","flows":[{"stages":["m.login.password"]}],"params":{}})"};
  });
  home.begin();
  CHECK(home.ready);
  CHECK(home.count("/keys/device_signing/upload") == 2);
  CHECK(home.count("/keys/upload") == 1);
  CHECK(home.count("/keys/signatures/upload") == 1);
  CHECK(says(home.log, "is signed by its account from now on"));
}

TEST_CASE("without a password for it people are served unsigned, and the way out is told") {
  Engine engine;
  engine.signs = engine.is_signed = false;
  Settings wished = sealed_settings();
  wished.password.clear();
  wished.access_token = "t1";
  SealedHome home(engine, wished);
  home.on("/keys/query", 200, told_keys("E", false));
  home.on("/keys/device_signing/upload", 401, {{"session", "S1"}});
  home.begin();
  CHECK(home.ready);
  CHECK(says(home.log, "password_file"));
  CHECK(home.count("/keys/device_signing/upload") == 1);
}

TEST_CASE("a recovery key that cannot be written: nothing goes to the server, doctor learns of it, and it is tried again until it can") {
  Engine engine;
  SealedHome home(engine);
  home.on("/account_data/m.secret_storage.default_key", [](const Request& request) -> std::optional<Answer> {
    if (request.method == "PUT") return Answer{.status = 200, .body = "{}"};
    return Answer{.status = 404, .body = R"({"errcode":"M_NOT_FOUND"})"};
  });
  home.recovery_fault = "data/matrix-recovery-key cannot be written (No space left on device)";
  const auto puts = [&home] {
    return std::count_if(home.requests.begin(), home.requests.end(),
                         [](const Request& one) { return one.method == "PUT" && one.target.find("/account_data/") != std::string::npos; });
  };
  home.begin();
  CHECK(home.ready);
  CHECK(puts() == 0);
  home.pass(minutes{5});
  home.sync(Json::object());
  CHECK(home.recovery.size() >= 3);
  CHECK(home.recovery.size() <= 40);
  CHECK(puts() == 0);
  REQUIRE(!home.told.empty());
  CHECK(home.told.back().recovery_fault.find("No space left") != std::string::npos);
  CHECK(std::count_if(home.log.begin(), home.log.end(),
                      [](const auto& line) { return line.find("no recovery key") != std::string::npos; }) == 1);

  home.recovery_fault.clear();
  home.pass(minutes{6});
  CHECK(puts() == 3);
  home.sync(Json::object());
  CHECK(home.told.back().recovery_fault.empty());
  const auto kept = home.recovery.size();
  home.pass(minutes{30});
  CHECK(home.recovery.size() == kept);
}

TEST_CASE("a recovery key in our hands without a secret storage, as after a start that was cut off: made anew") {
  Engine engine;
  Settings wished = sealed_settings();
  wished.recovery_key = "an old one";
  SealedHome home(engine, wished);
  home.on("/account_data/m.secret_storage.default_key", [](const Request& request) -> std::optional<Answer> {
    if (request.method == "PUT") return Answer{.status = 200, .body = "{}"};
    return Answer{.status = 404, .body = R"({"errcode":"M_NOT_FOUND"})"};
  });
  home.begin();
  CHECK(home.recovery.size() == 1);
}

TEST_CASE("an account that another device set up is restored with its recovery key, and this device signed") {
  Engine engine;
  engine.signs = engine.is_signed = false;
  Settings wished = sealed_settings();
  wished.recovery_key = "Es Tz";
  SealedHome home(engine, wished);
  home.begin();
  CHECK(home.ready);
  CHECK(home.operations("restore_secrets") == 1);
  CHECK(home.count("/keys/device_signing/upload") == 0);
  CHECK(home.count("/keys/signatures/upload") == 1);
  // Without it nothing that others trust is replaced.
  SealedHome poor(engine);
  poor.begin();
  CHECK(poor.ready);
  CHECK(poor.count("/upload") == 0);
  CHECK(says(poor.log, "recovery key"));
}

TEST_CASE("a wrong recovery key names the file, and never itself") {
  Engine engine;
  engine.signs = engine.is_signed = false;
  engine.outcomes["restore_secrets"] = {{}, "secrets", "the recovery key does not open the account's secret storage"};
  Settings wished = sealed_settings();
  wished.recovery_key = "Es Tz wrong";
  SealedHome home(engine, wished);
  home.begin();
  CHECK(home.ready);
  CHECK(says(home.log, "data/matrix-recovery-key"));
  CHECK(!says(home.log, "Es Tz wrong"));
}

TEST_CASE("a server without encryption: what is said in clear is served all the same") {
  Engine engine;
  SealedHome home(engine);
  home.on("/keys/query", 404, {{"errcode", "M_UNRECOGNIZED"}});
  home.begin();
  CHECK(home.ready);
  CHECK(says(home.log, "encrypted rooms cannot be read"));
}
