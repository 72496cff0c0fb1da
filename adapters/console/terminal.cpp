#include "adapters/console/terminal.hpp"

#include <histedit.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cwchar>
#include <string_view>

#include "adapters/console/pacer.hpp"
#include "adapters/console/plain.hpp"

namespace nurturer::console {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds shortest_pause{500};
constexpr milliseconds longest_pause{2500};
constexpr std::size_t widest_text = 72;  // a line that is pleasant to read

bool set(const char* name) {
  const char* value = std::getenv(name);  // read before any thread
  return value != nullptr && *value != '\0';
}

bool plain_look() {
  const char* term = std::getenv("TERM");
  return set("NO_COLOR") || set("NURTURER_PLAIN") || term == nullptr || std::string_view(term) == "dumb";
}

// Asked before each message, so that a resized window is kept to.
std::size_t columns() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return widest_text;
  return std::clamp<std::size_t>(size.ws_col - 1U, 20, widest_text);
}

// The window as it is this instant: a bar one column too wide would break into two lines at every frame.
std::size_t window() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return widest_text;
  return size.ws_col - 1U;
}

// Keys come at once and unseen while a pause lasts; the terminal is as before when this goes.
class Keys {
 public:
  Keys() {
    if (::tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios raw = before_;
    raw.c_lflag &= static_cast<tcflag_t>(~(ICANON | ECHO));
    changed_ = ::tcsetattr(STDIN_FILENO, TCSANOW, &raw) == 0;
  }
  Keys(const Keys&) = delete;
  Keys& operator=(const Keys&) = delete;
  ~Keys() {
    if (changed_) ::tcsetattr(STDIN_FILENO, TCSANOW, &before_);
  }
  /// Waits; true if a key was pressed, which is taken away.
  static bool pressed_within(milliseconds time) {
    pollfd input{STDIN_FILENO, POLLIN, 0};
    if (::poll(&input, 1, static_cast<int>(time.count())) <= 0) return false;
    char key = 0;
    return ::read(STDIN_FILENO, &key, 1) == 1;
  }

 private:
  termios before_{};
  bool changed_ = false;
};

milliseconds reading_pause(const std::string& text) {
  constexpr int per_character = 12;
  return std::clamp(milliseconds{per_character * static_cast<int>(text.size())}, shortest_pause, longest_pause);
}

void put(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

// Breathes along until the next line is due; true if a key was pressed. What it drew is gone afterwards.
bool breathe(Breath breath, milliseconds time) {
  constexpr milliseconds frame{100};
  const auto begin = std::chrono::steady_clock::now();
  bool pressed = false;
  for (milliseconds gone{0}; gone < time && !pressed;) {
    put("\r" + pacer(breath, static_cast<double>(gone.count()) / static_cast<double>(time.count()), window()) + "\033[K");
    pressed = Keys::pressed_within(std::min(frame, time - gone));
    gone = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - begin);
  }
  put("\r\033[K");
  return pressed;
}

}  // namespace

struct Terminal::State {
  EditLine* edit = nullptr;
  bool plain = false;
  bool first_of_answer = true;
  std::string last;   // what was said before: the pacer breathes it
  bool skip = false;  // a key was pressed: the rest of the answer comes at once
  milliseconds every{1000};
  const std::function<void()>* meanwhile = nullptr;  // while a line is read
};

namespace {
wchar_t prompt[] = L"> ";
wchar_t* give_prompt(EditLine* /*edit*/) { return prompt; }

// One letter for the line editor; what falls due while it waits is shown.
template <class State>
int next_letter(EditLine* edit, wchar_t* letter) {
  void* data = nullptr;
  el_wget(edit, EL_CLIENTDATA, &data);
  const auto* const state = static_cast<const State*>(data);
  std::mbstate_t shift{};
  for (;;) {
    pollfd input{STDIN_FILENO, POLLIN, 0};
    while (::poll(&input, 1, static_cast<int>(state->every.count())) == 0) {
      if (state->meanwhile != nullptr) (*state->meanwhile)();
    }
    char byte = 0;
    if (::read(STDIN_FILENO, &byte, 1) != 1) return 0;
    const std::size_t size = std::mbrtowc(letter, &byte, 1, &shift);
    if (size == static_cast<std::size_t>(-2)) continue;  // more bytes belong to it
    if (size == static_cast<std::size_t>(-1)) {
      shift = {};
      continue;
    }
    return 1;
  }
}
}  // namespace

Terminal::Terminal(bool plain) : state_(std::make_unique<State>()) {
  state_->plain = plain || plain_look();
  state_->edit = el_init("nurturer", stdin, stdout, stderr);
  if (state_->edit == nullptr) return;
  el_wset(state_->edit, EL_PROMPT, give_prompt);
  el_set(state_->edit, EL_EDITOR, "emacs");
  el_wset(state_->edit, EL_CLIENTDATA, static_cast<void*>(state_.get()));
  el_wset(state_->edit, EL_GETCFN, next_letter<State>);
  // No EL_HIST: what is typed here is remembered nowhere.
}

Terminal::~Terminal() {
  if (state_->edit != nullptr) el_end(state_->edit);
}

void Terminal::welcome() {
  const Look look{!state_->plain, columns()};
  channel::Outgoing line;
  line.text =
      "Hello. Write what is happening, in your own words.\n"
      "/help shows what there is, /exit clears the screen and leaves. Any key skips a pause.";
  put(write_plain(line, look) + "\n");
}

std::optional<std::string> Terminal::read(milliseconds every, const std::function<void()>& meanwhile) {
  state_->every = every;
  state_->meanwhile = &meanwhile;
  state_->first_of_answer = true;
  state_->skip = false;
  if (state_->edit == nullptr) return std::nullopt;
  int count = 0;
  const char* line = el_gets(state_->edit, &count);
  if (line == nullptr || count <= 0) {
    put("\n");
    return std::nullopt;
  }
  std::string text(line, static_cast<std::size_t>(count));
  while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  return text;
}

void Terminal::interrupt(const channel::Outgoing& out) {
  const Look look{!state_->plain, columns()};
  put((state_->plain ? "\n" : "\r\033[K") + write_plain(out, look));
  if (state_->edit != nullptr) el_wset(state_->edit, EL_REFRESH);
}

void Terminal::show(const channel::Outgoing& out) {
  const Look look{!state_->plain, columns()};
  const bool paced = out.after.count() > 0;
  if (!state_->skip && (paced || !state_->first_of_answer)) {
    const Keys keys;
    const auto wait = paced ? std::chrono::duration_cast<milliseconds>(out.after) : reading_pause(out.text);
    // A screen reader would read every frame: in the plain look the pause is only a pause, and the words count.
    state_->skip = paced && !state_->plain ? breathe(breath_of(state_->last), wait) : Keys::pressed_within(wait);
  }
  state_->last = out.text;
  put((paced || state_->first_of_answer ? "" : "\n") + write_plain(out, look));
  state_->first_of_answer = false;
}

void Terminal::wipe() {
  if (!state_->plain) put("\033[H\033[2J\033[3J");
  else put(std::string(60, '\n'));
}

}  // namespace nurturer::console
