#include "adapters/discord/close_codes.hpp"

#include <algorithm>
#include <array>

namespace nurturer::discord {
namespace {

using Kind = channel::Failure::Kind;

constexpr std::array table{
    CloseCode{4000, After::resume, "unknown error"},
    CloseCode{4001, After::resume, "unknown opcode"},
    CloseCode{4002, After::resume, "decode error"},
    CloseCode{4003, After::identify, "not authenticated"},
    CloseCode{4004, After::end, "authentication failed", Kind::credentials,
              "Discord refused the bot's token. Make a new one in the developer portal (your application > Bot > Reset Token) and put it "
              "where [discord] token_file or token_env points to."},
    CloseCode{4005, After::identify, "already authenticated"},
    CloseCode{4007, After::identify, "invalid sequence"},
    CloseCode{4008, After::identify, "rate limited"},
    CloseCode{4009, After::identify, "session timed out"},
    CloseCode{4010, After::end, "invalid shard", Kind::configuration,
              "Discord refused the number of this shard. Set [discord] shards = \"auto\"."},
    CloseCode{4011, After::end, "sharding required", Kind::configuration,
              "The bot is in so many servers that Discord wants several connections. Set [discord] shards = \"auto\"."},
    CloseCode{4012, After::end, "invalid API version", Kind::configuration,
              "Discord no longer speaks version 10 of its gateway. Install a newer Nurturer, or look at [discord] gateway_url."},
    CloseCode{4013, After::end, "invalid intents", Kind::internal,
              "Discord did not understand the intents that were asked for. That is a mistake in Nurturer: please report it."},
    CloseCode{4014, After::end, "disallowed intents", Kind::configuration,
              "Discord refused the privileged intent MESSAGE_CONTENT. Switch it on in the developer portal (your application > Bot > "
              "Privileged Gateway Intents > Message Content Intent), or set [discord] message_content = false."},
};
constexpr CloseCode other{0, After::resume, "connection lost"};

}  // namespace

const CloseCode& close_code(int code) {
  const auto found = std::ranges::find(table, code, &CloseCode::code);
  return found == table.end() ? other : *found;
}

}  // namespace nurturer::discord
