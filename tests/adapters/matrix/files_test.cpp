// Files that the companion hands out: sealed, or not at all.
#include <catch2/catch.hpp>

#include "engine.hpp"

using namespace nurturer::matrix;
using namespace nurturer::matrix::test;
using Outcome = nurturer::channel::Delivery;
using nurturer::channel::Outgoing;

namespace {

Json sealed_file() {
  return {
      {"sealed", "00ff7b0a"}, {"size", 3}, {"file", {{"v", "v2"}, {"key", {{"k", "KEY"}}}, {"iv", "I"}, {"hashes", {{"sha256", "H"}}}}}};
}

Outgoing file(const std::string& id) {
  Outgoing out = line(id, "");
  out.kind = Outgoing::Kind::file;
  out.file_name = "nurturer-2026-11-25.json";
  out.media_type = "application/json";
  out.path = "exports/1.json";
  return out;
}

const Json encrypted = {
    {room, joined({}, {member(self), member(ann), state_event("m.room.encryption", "", {{"algorithm", "m.megolm.v1.aes-sha2"}})})}};

// What the engine was given to seal last.
Json last_content(const Home& home) {
  const auto last = std::find_if(home.crypted.rbegin(), home.crypted.rend(), [](const Crypt& one) { return one.operation == "encrypt"; });
  REQUIRE(last != home.crypted.rend());
  return last->arguments["content"];
}

}  // namespace

TEST_CASE("a file goes to the server sealed, without its name, and what opens it goes with the message") {
  Engine engine;
  engine.outcomes["seal_file"] = {sealed_file()};
  SealedHome home(engine);
  home.first_rooms = encrypted;
  home.on("/media/v3/upload", 200, {{"content_uri", "mxc://a.org/abc"}});
  home.begin();
  home.say(file("o1"));
  const Request* upload = home.last("/media/v3/upload");
  REQUIRE(upload != nullptr);
  CHECK(upload->body == std::string("\x00\xff\x7b\x0a", 4));
  CHECK(upload->media_type == "application/octet-stream");
  CHECK(upload->target.find("nurturer") == std::string::npos);
  const Json content = last_content(home);
  CHECK(content["msgtype"] == "m.file");
  CHECK(content["body"] == "nurturer-2026-11-25.json");
  CHECK(content["info"] == Json{{"mimetype", "application/json"}, {"size", 3}});
  CHECK(content["file"]["url"] == "mxc://a.org/abc");
  CHECK(content["file"]["key"]["k"] == "KEY");
  CHECK_FALSE(content["file"].contains("sealed"));
  CHECK(home.last("/send/")->target.ends_with("/send/m.room.encrypted/o1"));
  REQUIRE(home.done.size() == 1);
  CHECK(home.done[0].delivery == Outcome::sent);
}

TEST_CASE("a file into a room in clear: nothing is uploaded, one line tells why") {
  Engine engine;
  SealedHome home(engine);
  home.begin();
  home.say(file("o1"));
  CHECK(home.count("/media/") == 0);
  CHECK(home.operations("seal_file") == 0);
  const Json content = Json::parse(home.last("/send/m.room.message/o1")->body);
  CHECK(content["body"].get<std::string>().find("not encrypted") != std::string::npos);
  CHECK(home.done.at(0).delivery == Outcome::sent);
}

TEST_CASE("a file that cannot be sealed, or that the server does not take, is told of; a server that is away is asked again") {
  for (const int status : {400, 403, 413, 0, 429, 502}) {
    Engine engine;
    engine.outcomes["seal_file"] = status == 400 ? Crypted{{}, "store", "no such file"} : Crypted{sealed_file()};
    SealedHome home(engine);
    home.first_rooms = encrypted;
    home.on("/media/v3/upload", [status](const Request&) {
      return Answer{.status = status, .body = R"({"errcode":"M_TOO_LARGE"})", .fault = status == 0 ? "refused" : ""};
    });
    home.begin();
    home.say(file("o1"));
    REQUIRE(home.done.size() == 1);
    if (status == 0 || status == 429 || status == 502) {
      CHECK(home.done[0].delivery == Outcome::retry);
      CHECK(home.count("/send/") == 0);
    } else {
      CHECK(home.done[0].delivery == Outcome::sent);
      CHECK(last_content(home)["msgtype"] == "m.text");
      CHECK(last_content(home)["body"].get<std::string>().find("didn't get through") != std::string::npos);
    }
  }
}

TEST_CASE("what a server says of where it keeps the file is not believed if it is no such address") {
  for (const Json& told : {Json{{"content_uri", "https://evil.example/x"}}, Json{{"content_uri", 7}}, Json::object()}) {
    Engine engine;
    engine.outcomes["seal_file"] = {sealed_file()};
    SealedHome home(engine);
    home.first_rooms = encrypted;
    home.on("/media/v3/upload", 200, told);
    home.begin();
    home.say(file("o1"));
    CHECK(last_content(home)["msgtype"] == "m.text");
  }
}

TEST_CASE("whether a file can be handed out is told with what was written") {
  Engine engine;
  SealedHome sealed(engine);
  sealed.first_rooms = encrypted;
  sealed.begin();
  sealed.sync({{room, joined({message("$1", "export my data")})}});
  Home plain;
  plain.begin();
  plain.sync({{room, joined({message("$1", "export my data")})}});
  const auto takes = [](const Home& home) {
    const auto said = std::find_if(home.heard.begin(), home.heard.end(),
                                   [](const auto& one) { return one.kind == nurturer::channel::Incoming::Kind::message; });
    REQUIRE(said != home.heard.end());
    return said->takes_files;
  };
  CHECK(takes(sealed));
  CHECK_FALSE(takes(plain));
}
