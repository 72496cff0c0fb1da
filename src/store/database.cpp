#include "store/database.hpp"

#include <sqlite3.h>

#include <cstdio>

#include "store/faults.hpp"

namespace nurturer::store {
namespace {

constexpr int patience_ms = 2000;  // for a backup program that reads along

// A path as the URI that SQLite wants for "immutable": what has a meaning there is written as %XX.
std::string uri_of(const std::string& path) {
  std::string uri = "file:";
  for (const char c : path) {
    if (c == '?' || c == '#' || c == '%') {
      char escaped[4];
      std::snprintf(escaped, sizeof escaped, "%%%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
      uri += escaped;
    } else {
      uri += c;
    }
  }
  return uri;
}

std::string name_of(const std::string& path, Database::Mode mode) {
  switch (mode) {
    case Database::Mode::still: return uri_of(path) + "?immutable=1";
    case Database::Mode::nowhere: return ":memory:";
    default: return uri_of(path);
  }
}

int flags_of(Database::Mode mode) {
  const bool reads = mode == Database::Mode::read || mode == Database::Mode::still;
  return (reads ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
}

}  // namespace

void Database::Close::operator()(sqlite3* handle) const noexcept { sqlite3_close_v2(handle); }

Database::Database(const std::string& path, Mode mode) : path_(path) {
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(name_of(path, mode).c_str(), &handle, flags_of(mode), nullptr);
  handle_.reset(handle);
  if (code != SQLITE_OK) fail(code);
  sqlite3_busy_timeout(handle, patience_ms);
  set_up();
  if (mode == Mode::write && can_write()) {
    Statement journal(*this, "PRAGMA journal_mode=WAL");
    if (!journal.step() || journal.text(0) != "wal")
      throw Unavailable(Unavailable::Why::other, "cannot keep a write-ahead log beside " + path +
                                                     ": its file system has no shared memory. Choose a folder on a local disk.");
  }
}

void Database::set_up() {
  // Temporary data (VACUUM) in memory: no copy of the database in some other folder, none needed in a read-only container.
  run("PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;"
      "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;");
  // A million timers are more pages than a small cache holds and than a short log takes: with these the same page is read and written once for
  // many lines. The log is cut at every sweep.
  run("PRAGMA cache_size=-5000; PRAGMA wal_autocheckpoint=8000;");
  Statement secure(*this, "PRAGMA secure_delete=ON");
  if (!secure.step() || secure.integer(0) != 1) fail(SQLITE_MISUSE);
}

void Database::run(const std::string& sql) {
  const int code = sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code);
}

std::int64_t Database::changes() const { return sqlite3_changes64(handle_.get()); }

bool Database::can_write() const { return sqlite3_db_readonly(handle_.get(), "main") == 0; }

void Database::empty_log() {
  Statement checkpoint(*this, "PRAGMA wal_checkpoint(TRUNCATE)");
  if (!checkpoint.step()) return;
  if (checkpoint.integer(0) != 0) fail(SQLITE_BUSY);
}

void Database::fail(int code) const { fail_database(code, system_error(), path_); }

// When a COMMIT fails to write the log, sqlite3_system_errno() has nothing: the files themselves are asked first.
int Database::system_error() const {
  if (!handle_) return 0;
  for (const int which : {SQLITE_FCNTL_JOURNAL_POINTER, SQLITE_FCNTL_FILE_POINTER}) {
    sqlite3_file* file = nullptr;
    int error = 0;
    if (sqlite3_file_control(handle_.get(), "main", which, static_cast<void*>(&file)) != SQLITE_OK) continue;
    if (file == nullptr || file->pMethods == nullptr) continue;
    file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &error);
    if (error != 0) return error;
  }
  return sqlite3_system_errno(handle_.get());
}

void Database::Finalize::operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }

Statement::Statement(Database& database, std::string_view sql) : database_(database), sql_(sql) {
  if (const auto known = database_.prepared_.find(sql); known != database_.prepared_.end() && known->second) {
    handle_ = std::move(known->second);
    return;
  }
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v2(database_.handle_.get(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
  handle_.reset(statement);
  if (code != SQLITE_OK) database_.fail(code);
}

Statement::~Statement() {
  if (!handle_) return;
  sqlite3_reset(handle_.get());
  sqlite3_clear_bindings(handle_.get());  // what was bound is somebody's: it does not wait in memory for the next
  constexpr std::size_t most = 64;
  if (database_.prepared_.size() < most || database_.prepared_.contains(sql_))
    database_.prepared_.insert_or_assign(sql_, std::move(handle_));
}

bool Statement::step() {
  const int code = sqlite3_step(handle_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  database_.fail(code);
}

void Statement::run() {
  while (step()) continue;
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(handle_.get(), column); }

std::string Statement::text(int column) const {
  // The order matters: the pointer first, then the length of what it points to.
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(handle_.get(), column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column));
  return bytes == nullptr ? std::string() : std::string(bytes, size);
}

bool Statement::null(int column) const { return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL; }

std::optional<Sealed> Statement::maybe_sealed(int column) const {
  if (null(column)) return std::nullopt;
  return sealed(column);
}

void Statement::bind(int index, std::int64_t value) {
  if (const int code = sqlite3_bind_int64(handle_.get(), index, value); code != SQLITE_OK) database_.fail(code);
}

void Statement::bind(int index, std::string_view text) {
  const char* data = text.data() == nullptr ? "" : text.data();  // a null pointer would bind NULL
  const int code = sqlite3_bind_text64(handle_.get(), index, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  if (code != SQLITE_OK) database_.fail(code);
}

void Statement::bind(int index, std::nullopt_t) {
  if (const int code = sqlite3_bind_null(handle_.get(), index); code != SQLITE_OK) database_.fail(code);
}

void Statement::bind_blob(int index, std::string_view bytes) {
  const char* data = bytes.data() == nullptr ? "" : bytes.data();
  const int code = sqlite3_bind_blob64(handle_.get(), index, data, bytes.size(), SQLITE_TRANSIENT);
  if (code != SQLITE_OK) database_.fail(code);
}

// IMMEDIATE: a transaction that begins as a reader and then cannot become a writer would fail half-way.
Transaction::Transaction(Database& database) : database_(database) { database_.run("BEGIN IMMEDIATE"); }

Transaction::~Transaction() {
  // After some failures SQLite has rolled back by itself; asking again is then a harmless error.
  if (sqlite3_get_autocommit(database_.handle_.get()) == 0) sqlite3_exec(database_.handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() { database_.run("COMMIT"); }

}  // namespace nurturer::store
