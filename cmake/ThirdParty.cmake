# Everything comes from Debian 12 packages (the list is in ./dev). RE2 and libedit ship no CMake files there, hence the two below.
find_package(Threads REQUIRED)
find_package(ICU REQUIRED COMPONENTS i18n uc)
find_package(date REQUIRED)
find_package(tl-expected REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ZLIB REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(Boost 1.81 REQUIRED)  # headers alone: Asio, Beast, URL

function(nurturer_find_library target header library)
  string(MAKE_C_IDENTIFIER ${library} id)
  find_path(${id}_INCLUDE_DIR ${header} REQUIRED)
  find_library(${id}_LIBRARY ${library} REQUIRED)
  mark_as_advanced(${id}_INCLUDE_DIR ${id}_LIBRARY)
  add_library(${target} UNKNOWN IMPORTED GLOBAL)
  set_target_properties(${target} PROPERTIES
    IMPORTED_LOCATION ${${id}_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${${id}_INCLUDE_DIR})
endfunction()

nurturer_find_library(RE2::re2 re2/re2.h re2)
set_property(TARGET RE2::re2 PROPERTY INTERFACE_LINK_LIBRARIES Threads::Threads)
nurturer_find_library(Edit::edit histedit.h edit)
nurturer_find_library(Ical::ical libical/ical.h ical)
