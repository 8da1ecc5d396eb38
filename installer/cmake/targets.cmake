# recontour_library(name ALIAS files...): a static library of one folder with the project's flags.
# The folder's public libraries are linked by the caller with target_link_libraries.
function(recontour_library name alias)
  add_library(recontour_${name} STATIC ${ARGN})
  add_library(Recontour::${alias} ALIAS recontour_${name})
  target_include_directories(recontour_${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(recontour_${name} PRIVATE recontour_flags)
endfunction()

# recontour_program(name files...): a program of app/.
function(recontour_program name)
  add_executable(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE recontour_flags)
endfunction()
