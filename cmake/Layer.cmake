# nurturer_layer(NAME FOLDER [WITHOUT FILE...] LINKS TARGET...)
#
# The target nurturer_NAME from all .cpp files below FOLDER. New files are picked up by the next build. A folder without sources
# (headers only, or not there yet) becomes an interface target, so that a layer may start as headers.
function(nurturer_layer name folder)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "WITHOUT;LINKS")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
  foreach(file IN LISTS arg_WITHOUT)
    list(REMOVE_ITEM sources ${CMAKE_SOURCE_DIR}/${folder}/${file})
  endforeach()
  if(sources)
    add_library(nurturer_${name} STATIC ${sources})
    target_link_libraries(nurturer_${name} PUBLIC nurturer_flags ${arg_LINKS})
  else()
    add_library(nurturer_${name} INTERFACE)
    target_link_libraries(nurturer_${name} INTERFACE nurturer_flags ${arg_LINKS})
  endif()
endfunction()
