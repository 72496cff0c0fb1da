// A homeserver that answers anything: the machine takes every body, hands over only what is whole, and always has a next step.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "adapters/matrix/machine.hpp"
#include "adapters/matrix/writing.hpp"

using namespace nurturer::matrix;
namespace channel = nurturer::channel;

namespace {

constexpr const char* self = "@n:a.org";
constexpr Time start{std::chrono::hours{500'000}};

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

void check(const channel::Incoming& incoming) {
  using Kind = channel::Incoming::Kind;
  require(incoming.cursor || incoming.kind != Kind::clock, "a clock without a cursor");
  if (incoming.kind != Kind::message && incoming.kind != Kind::press && incoming.kind != Kind::edit) return;
  require(incoming.from != self && incoming.from.starts_with('@'), "answers nobody, or itself");
  require(!incoming.id.empty() && incoming.id.size() <= 255, "a message without an id");
  require(read_place(incoming.room).room.starts_with('!'), "a message from nowhere");
  require(incoming.kind == Kind::press ? !incoming.press.empty() : !incoming.text.empty(), "an empty message");
}

channel::Outgoing answer(const channel::Incoming& incoming) {
  channel::Outgoing out;
  out.id = "line-" + incoming.id;
  out.room = incoming.room;
  out.room_kind = incoming.room_kind;
  out.to = incoming.from;
  out.private_ = incoming.room_kind == channel::RoomKind::direct;
  out.text = incoming.text.substr(0, 200);
  out.choices = {{"a", "one"}, {"b", "two"}};
  out.answers = incoming.id;
  return out;
}

/// The n-th part of the input, of those that are parted by a zero byte.
std::string part(const std::string& all, std::size_t number) {
  std::size_t begin = 0;
  for (; number > 0 && begin < all.size(); --number) begin = std::min(all.find('\0', begin), all.size() - 1) + 1;
  return all.substr(begin, all.find('\0', begin) - begin);
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it by this name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size);
  Settings settings;
  settings.homeserver = "https://a.org";
  settings.user = self;
  settings.access_token = "t";
  std::uint64_t dice = size;
  Machine machine(settings, std::nullopt, [&dice] { return dice += 0x9E3779B97F4A7C15U; });
  Time now = start;
  machine.start(channel::Cursor{"s"}, now);
  std::size_t answered = 0, acknowledged = 0, sent = 0;
  for (int steps = 0; steps < 200; ++steps) {
    const auto action = machine.next_action();
    if (!action) {
      const auto deadline = machine.deadline();
      if (!deadline) break;
      now = std::max(now, *deadline);
      machine.tick(now);
      continue;
    }
    now += std::chrono::milliseconds{10};
    if (const auto* incoming = std::get_if<channel::Incoming>(&*action)) {
      check(*incoming);
      if (incoming->kind == channel::Incoming::Kind::message) machine.send(answer(*incoming), now), ++sent;
    }
    if (std::holds_alternative<channel::Acknowledgement>(*action)) ++acknowledged;
    const auto* request = std::get_if<Send>(&*action);
    if (request == nullptr) continue;
    Answer reply{.status = 200};
    const std::string& target = request->request.target;
    if (target.ends_with("/versions"))
      reply.body = R"({"versions": []})";
    else if (target.ends_with("/whoami"))
      reply.body = R"({"user_id": "@n:a.org", "device_id": "D"})";
    else
      reply.body = part(input, answered++);
    if (answered > 12) break;
    machine.receive(request->id, reply, now);
  }
  require(acknowledged <= sent, "more acknowledgements than lines");
  return 0;
}
