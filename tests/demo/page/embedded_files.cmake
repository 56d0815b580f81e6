# The demo page's files and Vue's runtime as C++: the source ${page_source}.
find_file(VUE_RUNTIME vue.runtime.min.js PATHS /usr/share/javascript/vue NO_DEFAULT_PATH REQUIRED)
mark_as_advanced(VUE_RUNTIME)

set(page_web ${CMAKE_CURRENT_SOURCE_DIR}/page/web)
# Data, not code: what is in the folder is what the browser gets, so it is found and not listed.
file(GLOB_RECURSE page_files CONFIGURE_DEPENDS
    ${page_web}/*.html ${page_web}/*.css ${page_web}/*.js ${page_web}/*.svg ${page_web}/*.png)
set(page_source ${PROJECT_BINARY_DIR}/generated/tests/demo/page/embedded_files.cpp)
add_custom_command(
    OUTPUT ${page_source}
    COMMAND ${CMAKE_COMMAND} -DWEB=${page_web} "-DFILES=${page_files}" -DVUE=${VUE_RUNTIME} -DOUT=${page_source}
        -P ${CMAKE_CURRENT_SOURCE_DIR}/page/embed.cmake
    DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/page/embed.cmake ${VUE_RUNTIME} ${page_files}
    COMMENT "Embedding the demo page"
    VERBATIM)
