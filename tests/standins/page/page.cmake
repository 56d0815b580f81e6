# The demo page: its server, and its files and Vue's runtime embedded as C++.
find_file(VUE_RUNTIME vue.runtime.min.js PATHS /usr/share/javascript/vue NO_DEFAULT_PATH REQUIRED)
mark_as_advanced(VUE_RUNTIME)

set(page_web ${CMAKE_CURRENT_SOURCE_DIR}/page/web)
# Data, not code: what is in the folder is what the browser gets, so it is found and not listed.
file(GLOB_RECURSE page_files CONFIGURE_DEPENDS
    ${page_web}/*.html ${page_web}/*.css ${page_web}/*.js ${page_web}/*.svg ${page_web}/*.png)
set(page_source ${PROJECT_BINARY_DIR}/generated/tests/standins/page/embedded_files.cpp)
add_custom_command(
    OUTPUT ${page_source}
    COMMAND ${CMAKE_COMMAND} -DWEB=${page_web} "-DFILES=${page_files}" -DVUE=${VUE_RUNTIME} -DOUT=${page_source}
        -P ${CMAKE_CURRENT_SOURCE_DIR}/page/embed.cmake
    DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/page/embed.cmake ${VUE_RUNTIME} ${page_files}
    COMMENT "Embedding the demo page"
    VERBATIM)

add_library(standins_page STATIC
    page/acts.cpp
    page/answers.cpp
    page/assets.cpp
    page/audit_chain.cpp
    page/bot_control.cpp
    page/guard.cpp
    page/ledger.cpp
    page/log_in.cpp
    page/metrics.cpp
    page/preview.cpp
    page/server.cpp
    page/sqlite_file.cpp
    page/troubles.cpp
    page/workspace.cpp
    ${page_source})
target_precompile_headers(standins_page REUSE_FROM standins_auth0)
target_link_libraries(standins_page
    PUBLIC standins_company
    PRIVATE Boost::json OpenSSL::Crypto SQLite::SQLite3 countersign_test_options)
