#include "store/session.hpp"

#include <fcntl.h>
#include <openssl/crypto.h>

#include <cerrno>
#include <filesystem>

#include "store/faults.hpp"
#include "store/key_file.hpp"
#include "store/migrations.hpp"

namespace nurturer::store {
namespace {

using Why = Unavailable::Why;

bool has_bytes(const std::string& path) {
  std::error_code missing;
  const auto size = std::filesystem::file_size(path, missing);
  return !missing && size > 0;
}

// SQLite would make it with the umask's rights, and gives its side files those of the database.
void make_database_file(const std::string& path) {
  const File file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!file.valid() && errno != EACCES) fail_file(errno, "make the database", path);
}

void check_key(Session& session, const std::string& key_file) {
  Statement check(session.database, "SELECT value FROM facts WHERE name = 'key_check'");
  const Digest& mine = session.vault.check();
  const std::string theirs = check.step() ? check.text(0) : std::string();
  if (theirs.size() == mine.bytes.size() && CRYPTO_memcmp(theirs.data(), mine.bytes.data(), theirs.size()) == 0) return;
  throw Unavailable(Why::wrong_key, "the key file " + key_file + " is not the one that " + session.database.path() +
                                        " was sealed with. Put the right one back from its backup, or move the data folder away to "
                                        "begin anew.");
}

void bring_up(Session& session, const std::string& key_file) {
  Database& database = session.database;
  refuse_newer(database);
  const std::int64_t found = schema_version(database);
  const auto wanted = static_cast<std::int64_t>(migrations().size());
  if (found > 0) check_key(session, key_file);
  if (found == wanted) return;
  if (!session.can_write && found > 0) fail_read_only(database.path());
  Transaction transaction(database);
  migrate(database, wanted);
  if (found == 0) Statement(database, "INSERT INTO facts VALUES ('key_check', ?)").with(session.vault.check()).run();
  transaction.commit();
}

Session open_nothing(FolderLock lock, const std::string& path, const std::string& key_file) {
  Session session{std::move(lock), Vault(Key::random()), Database(path, Database::Mode::nowhere), false};
  bring_up(session, key_file);
  session.database.run("PRAGMA query_only=ON");
  return session;
}

Database::Mode reading_mode(const std::string& path) { return has_bytes(path + "-wal") ? Database::Mode::read : Database::Mode::still; }

}  // namespace

const Key* KnownKeys::find(const std::string& person) const {
  const auto found = keys_.find(person);
  return found == keys_.end() ? nullptr : &found->second;
}

const Key& KnownKeys::keep(const std::string& person, Key key) {
  constexpr std::size_t most = 8192;
  if (keys_.size() >= most) keys_.clear();
  return keys_.insert_or_assign(person, std::move(key)).first->second;
}

Session open_session(const std::string& folder, const std::string& key_file) {
  FolderLock lock(folder);
  const std::string path = folder + "/nurturer.db";
  const bool exists = has_bytes(path);
  if (!exists && !lock.can_write()) return open_nothing(std::move(lock), path, key_file);

  // The key is on the disk before the first byte that needs it.
  Vault vault(exists ? read_key(key_file) : read_or_make_key(key_file));
  const bool writes = lock.can_write();
  if (writes) make_database_file(path);
  Session session{std::move(lock), std::move(vault), Database(path, writes ? Database::Mode::write : reading_mode(path)), false};
  session.can_write = writes && session.database.can_write();
  bring_up(session, key_file);
  return session;
}

}  // namespace nurturer::store
