#include "store/faults.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <system_error>

namespace nurturer::store {
namespace {

using Why = Unavailable::Why;

Why why_of(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:  // the limit on the size of a file counts as full: room is missing all the same
      return Why::full;
    case EROFS:
    case EACCES:
    case EPERM: return Why::read_only;
    case EIO: return Why::damaged;
    default: return Why::other;
  }
}

Why why_of(int code, int error) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return Why::locked;
    case SQLITE_READONLY:
    case SQLITE_PERM: return Why::read_only;
    case SQLITE_FULL: return Why::full;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return Why::damaged;
    case SQLITE_IOERR: return code == SQLITE_IOERR_SHORT_READ ? Why::damaged : why_of(error);
    case SQLITE_CANTOPEN: return why_of(error);
    default: return Why::other;
  }
}

std::string remedy(Why why, const std::string& path) {
  switch (why) {
    case Why::locked: return "another program holds it. End that program, then try again.";
    case Why::read_only:
      return "there is no right to write there, or the disk is mounted to be read only. Give that right, or choose another folder.";
    case Why::full: return "the disk is full, or a quota is used up. Make room there; what comes after is saved again.";
    case Why::damaged:
      return "it is damaged. Stop the program, keep a copy of the folder, and put a backup back; \"sqlite3 " + path +
             " .recover\" shows what can still be read.";
    default: return "see the reason given, mend it and try again.";
  }
}

}  // namespace

void fail_file(int error, const std::string& doing, const std::string& path) {
  const Why why = why_of(error);
  throw Unavailable(why, "cannot " + doing + " " + path + " (" + std::generic_category().message(error) + "): " + remedy(why, path));
}

void fail_database(int code, int error, const std::string& path) {
  const Why why = why_of(code, error);
  std::string reason = sqlite3_errstr(code);  // a fixed text; sqlite3_errmsg() could quote a value
  const bool of_a_file = (code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN;
  if (error != 0 && of_a_file) reason += ", " + std::generic_category().message(error);
  throw Unavailable(why, "cannot use the database " + path + " (" + reason + "): " + remedy(why, path));
}

void fail_row(const std::string& table, const std::string& path) {
  throw Unavailable(Why::damaged, "a row of " + table + " in " + path + " does not open with its key: " + remedy(Why::damaged, path));
}

void fail_read_only(const std::string& path) {
  throw Unavailable(Why::read_only, "cannot write " + path + ": " + remedy(Why::read_only, path));
}

}  // namespace nurturer::store
