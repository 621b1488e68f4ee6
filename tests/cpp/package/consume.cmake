# Installs the library into an empty prefix, and builds and runs the example program on what stands there alone.
# BUILD, SOURCE, PREFIX and GENERATOR are given.
file(REMOVE_RECURSE ${PREFIX})

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "failed (${status}): ${command}\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

run(${CMAKE_COMMAND} --install ${BUILD} --component core --prefix ${PREFIX})
run(${CMAKE_COMMAND} -S ${SOURCE} -B ${PREFIX}/objects -G ${GENERATOR} -DCMAKE_PREFIX_PATH=${PREFIX})
run(${CMAKE_COMMAND} --build ${PREFIX}/objects)
run(${PREFIX}/objects/plan_three)
if(NOT output MATCHES "2026-12-03T09:00:00Z  ada  birthday")
  message(FATAL_ERROR "expected Ada's birthday wish at 09:00 in London, found:\n${output}")
endif()
