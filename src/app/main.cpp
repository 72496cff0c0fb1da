// The program: reads the command line, runs one command, returns its exit code.
#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <system_error>

#include "app/commands.hpp"

namespace {

using namespace nurturer::app;

void add_chat(CLI::App& program, ChatOptions& options) {
  CLI::App* chat = program.add_subcommand("chat", "Talk with the companion, here in the terminal");
  chat->add_flag("--json", options.json, "One JSON object a line in and out, for programs and tests");
  chat->add_flag("--memory", options.memory, "Keep nothing on disk");
  chat->add_option("--data", options.data, "Folder for what you agree to keep (default: your data folder)");
  chat->add_option("--content", options.content, "Folder with intents/ and responses/");
  chat->add_option("--config", options.config, "Configuration file");
  chat->add_option("--now", options.now, "The time it is, as 2026-11-24T21:40:00Z: the clock then stands");
  chat->add_option("--zone", options.zone, "Your time zone, as Europe/London");
  chat->add_option("--region", options.region, "Your country for help lines, as GB");
  chat->add_flag("--plain", options.plain, "For screen readers: no colours, and nothing on the screen moves");
}

int exit_code(ExitCode code) { return static_cast<int>(code); }

int run_command(int argc, char** argv) {
  CLI::App program{"Nurturer: a kind, steady voice for people who are triggered in their attachment.\n"
                   "It is a program, not a person, and no therapist.", "nurturer"};
  program.set_version_flag("--version", "nurturer " NURTURER_VERSION);
  program.require_subcommand(1);
  program.footer("Start with: nurturer chat");

  ChatOptions chat_options;
  add_chat(program, chat_options);
  std::string content, text, config;
  EvalOptions eval_options;
  CheckOptions check_options;
  bool group = false;
  CLI::App* classify_command = program.add_subcommand("classify", "What messages mean: JSON Lines in, JSON Lines out");
  classify_command->add_option("--content", content, "Folder with intents/ and responses/");
  CLI::App* eval_command = program.add_subcommand("eval", "How well labelled messages are understood");
  eval_command->add_option("files", eval_options.files, "JSON Lines with text and label")->required();
  eval_command->add_flag("--json", eval_options.json, "The figures as JSON");
  eval_command->add_flag("--misses", eval_options.misses, "List every message that was read otherwise");
  eval_command->add_option("--content", eval_options.content, "Folder with intents/ and responses/");
  CLI::App* explain_command = program.add_subcommand("explain", "Why a message is read as it is");
  explain_command->add_option("text", text, "The message")->required();
  explain_command->add_flag("--group", group, "As if written in a group");
  explain_command->add_option("--content", content, "Folder with intents/ and responses/");
  CLI::App* check_command = program.add_subcommand("check", "All content, all mistakes at once");
  check_command->add_option("folder", check_options.folder, "Folder with intents/ and responses/");
  check_command->add_flag("--rows", check_options.rows, "Also which script carries which idea");
  CLI::App* run_service = program.add_subcommand("run", "The service with its platforms");
  run_service->add_option("--config", config, "Configuration file")->required();
  CLI::App* doctor_command = program.add_subcommand("doctor", "What is wrong with the set-up, and the remedy");
  doctor_command->add_option("--config", config, "Configuration file")->required();
  CLI::App* matrix_command = program.add_subcommand("matrix", "The companion's account on Matrix");
  matrix_command->require_subcommand(1);
  CLI::App* login_command = matrix_command->add_subcommand("login", "Log in by password: the first time, and after a session was ended");
  login_command->add_option("--config", config, "Configuration file")->required();

  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? 0 : exit_code(ExitCode::usage);
  }
  if (program.got_subcommand("chat")) return exit_code(chat(chat_options));
  if (program.got_subcommand(classify_command)) return exit_code(classify(content));
  if (program.got_subcommand(eval_command)) return exit_code(eval(eval_options));
  if (program.got_subcommand(explain_command)) return exit_code(explain(text, group, content));
  if (program.got_subcommand(check_command)) return exit_code(check(check_options));
  if (program.got_subcommand(run_service)) return exit_code(run(config));
  if (program.got_subcommand(matrix_command)) return exit_code(matrix_login(config));
  return exit_code(doctor(config));
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is an error of writing: told, with an exit code
  try {
    const int code = run_command(argc, argv);
    // What was printed may still be on its way: a full disk shows only now.
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
    fmt::print(stderr, "nurturer: standard output is closed or full; not all was written.\n");
    return exit_code(ExitCode::input_output);
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "nurturer: there is not enough memory.\n");
  } catch (const std::system_error& error) {
    fmt::print(stderr, "nurturer: reading or writing failed: {}.\n", error.code().message());
    return exit_code(ExitCode::input_output);
  } catch (const std::exception& error) {
    // Ours to mend. The message of an exception of ours holds no text of a person.
    fmt::print(stderr, "nurturer: an error of ours: {}. Please report it.\n", error.what());
  }
  return exit_code(ExitCode::internal);
}
