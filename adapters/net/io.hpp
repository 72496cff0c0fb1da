#pragma once
// What the files of this folder, and link.*, see of the loop.

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include "adapters/net/loop.hpp"

namespace nurturer::net {

struct Loop::Io {
  boost::asio::io_context context{1};
};

}  // namespace nurturer::net
