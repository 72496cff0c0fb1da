#pragma once
// What the files of this folder, and link.*, see of the loop.

#include <boost/asio/io_context.hpp>
#include <cstddef>

#include "adapters/net/loop.hpp"

namespace nurturer::net {

struct Loop::Io {
  boost::asio::io_context context{1};
  /// Look-ups of names under way. Each blocks a thread of Asio's in the system's resolver, which nothing can interrupt.
  std::size_t lookups = 0;
};

}  // namespace nurturer::net
