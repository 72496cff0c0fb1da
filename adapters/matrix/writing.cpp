#include "adapters/matrix/writing.hpp"

#include <algorithm>

#include "adapters/keycap.hpp"

namespace nurturer::matrix {
namespace {

constexpr std::size_t most_places = 10;

// The end of a piece of at most `most` bytes: after a line, a sentence or a word if there is one in its second half, never inside a letter.
std::size_t end_of_piece(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text.size();
  for (const std::string_view mark : {"\n", ". ", " "}) {
    const auto found = text.rfind(mark, most - mark.size());
    if (found != std::string_view::npos && found >= most / 2) return found + mark.size();
  }
  std::size_t end = most;
  while (end > 1 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return end;
}

std::vector<std::string> pieces(std::string_view text, std::size_t most) {
  std::vector<std::string> all;
  while (!text.empty()) {
    const std::size_t end = end_of_piece(text, most);
    all.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return all;
}

void write_choices(const channel::Outgoing& out, std::string& plain, std::string& html) {
  if (out.choices.empty()) return;
  plain += "\n";
  html += "<ol>";
  for (std::size_t i = 0; i < out.choices.size(); ++i) {
    plain += "\n" + std::to_string(i + 1) + ") " + out.choices[i].label;
    html += "<li>" + escape_html(out.choices[i].label) + "</li>";
  }
  html += "</ol>";
}

Json relation(const channel::Outgoing& out, const Place& place, bool direct) {
  const bool answers = out.answers.starts_with('$') && !out.private_;
  Json relates = Json::object();
  if (!place.thread.empty()) {
    relates = {{"rel_type", "m.thread"}, {"event_id", place.thread}, {"is_falling_back", true}};
    relates["m.in_reply_to"] = {{"event_id", answers ? out.answers : place.thread}};
  } else if (answers && !direct) {
    relates["m.in_reply_to"] = {{"event_id", out.answers}};
  }
  return relates;
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string html;
  for (const char c : text) {
    if (c == '&')
      html += "&amp;";
    else if (c == '<')
      html += "&lt;";
    else if (c == '>')
      html += "&gt;";
    else if (c == '"')
      html += "&quot;";
    else if (c == '\n')
      html += "<br>";
    else
      html += c;
  }
  return html;
}

std::vector<Json> write_contents(const channel::Outgoing& out, const Place& place, bool direct, std::size_t most) {
  std::vector<Json> contents;
  const auto texts = pieces(out.text, most);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const bool last = i + 1 == texts.size();
    std::string plain = texts[i], html = escape_html(texts[i]);
    if (last) write_choices(out, plain, html);
    Json content{{"msgtype", "m.text"}, {"body", plain}, {"m.mentions", Json::object()}};
    if (html != plain) {
      content["format"] = "org.matrix.custom.html";
      content["formatted_body"] = html;
    }
    if (!direct && !out.to.empty()) content["m.mentions"] = {{"user_ids", {out.to}}};
    if (Json relates = relation(out, place, direct); !relates.empty()) content["m.relates_to"] = std::move(relates);
    Json mark{{"line", out.id}};
    if (last && !out.choices.empty()) {
      for (const auto& choice : out.choices) mark["choices"].push_back(choice.id);
    }
    content[std::string(line_mark)] = std::move(mark);
    contents.push_back(std::move(content));
  }
  return contents;
}

Json write_attachment(const channel::Outgoing& out, const Place& place, bool direct, Json file, std::int64_t size) {
  Json content{{"msgtype", "m.file"}, {"body", out.file_name}, {"filename", out.file_name}, {"m.mentions", Json::object()}};
  content["info"] = {{"mimetype", out.media_type}, {"size", size}};
  content["file"] = std::move(file);
  if (Json relates = relation(out, place, direct); !relates.empty()) content["m.relates_to"] = std::move(relates);
  content[std::string(line_mark)] = {{"line", out.id}};
  return content;
}

Json write_reaction(const std::string& event, const std::string& key) {
  return {{"m.relates_to", {{"rel_type", "m.annotation"}, {"event_id", event}, {"key", key}}}};
}

bool offers_reactions(const channel::Outgoing& out) {
  const bool calm = !out.about.level || *out.about.level == "none";
  return calm && !out.about.script.starts_with("safety") && out.choices.size() >= 2 && out.choices.size() <= most_places;
}

}  // namespace nurturer::matrix
