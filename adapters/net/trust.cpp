#include "adapters/net/trust.hpp"

#include "adapters/net/dial.hpp"

namespace nurturer::net {

namespace ssl = boost::asio::ssl;

tl::expected<Trust, std::string> Trust::load(const std::string& ca_file) {
  auto context = std::make_shared<Context>();
  Code code;
  context->ssl.set_options(ssl::context::default_workarounds | ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1, code);
  if (!code) context->ssl.set_verify_mode(ssl::verify_peer, code);
  if (!code) context->ssl.set_default_verify_paths(code);
  if (code) return tl::unexpected("the system's certificate authorities cannot be read (" + code.message() + "); install ca-certificates");
  if (!ca_file.empty()) context->ssl.load_verify_file(ca_file, code);
  if (code) return tl::unexpected(ca_file + ": no certificates could be read (" + code.message() + "); a PEM file is needed");
  return Trust(std::move(context));
}

}  // namespace nurturer::net
