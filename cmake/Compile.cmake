# How every file of the project is compiled. Third-party headers lie in the system's include path, so warnings are about our code alone.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
# -O2 and not CMake's -O3: smaller, and no slower on text.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")

# The cache lies outside the checkout, and a second clone shares it: paths are made relative and the folder is left out of the hash.
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE_PROGRAM})
endif()

add_library(nurturer_flags INTERFACE)
target_include_directories(nurturer_flags INTERFACE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR})
target_compile_options(nurturer_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
  $<$<CXX_COMPILER_ID:Clang>:-Wno-sign-conversion>  # a part of -Wconversion there, not in GCC
  -fstack-protector-strong -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
# Bounds of containers and strings are checked in every build: an abort is better than a reply made of somebody else's memory.
target_compile_definitions(nurturer_flags INTERFACE _GLIBCXX_ASSERTIONS)

if(NURTURER_SANITIZE)
  target_compile_options(nurturer_flags INTERFACE
    -fsanitize=${NURTURER_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(nurturer_flags INTERFACE -fsanitize=${NURTURER_SANITIZE})
  # GCC sees uninitialised values inside the instrumented standard library; the release build keeps this warning.
  target_compile_options(nurturer_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
elseif(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_definitions(nurturer_flags INTERFACE _FORTIFY_SOURCE=2)
endif()

if(NURTURER_COVERAGE)
  target_compile_options(nurturer_flags INTERFACE --coverage -fprofile-update=atomic)
  target_link_options(nurturer_flags INTERFACE --coverage)
endif()
