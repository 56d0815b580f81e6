# What most files include anyway, read once instead of hundreds of times: headers from outside, and of our own those
# that most files include by one way or another. No file may rely on it: clang-tidy reads every product file without
# it, and the nightly run compiles everything without it (CMAKE_DISABLE_PRECOMPILE_HEADERS).
set(countersign_precompiled_headers
    <algorithm> <array> <charconv> <chrono> <functional> <map> <memory> <optional> <set> <span> <stdexcept> <string>
    <string_view> <utility> <variant> <vector>
    <boost/asio/any_io_executor.hpp> <boost/asio/awaitable.hpp>
    <boost/json.hpp>
    <boost/system/result.hpp>
    "${PROJECT_SOURCE_DIR}/handlers/core/error.hpp"
    "${PROJECT_SOURCE_DIR}/handlers/core/secret.hpp"
    "${PROJECT_SOURCE_DIR}/handlers/core/strong_id.hpp"
    "${PROJECT_SOURCE_DIR}/handlers/core/text.hpp"
    "${PROJECT_SOURCE_DIR}/handlers/core/time.hpp"
    "${PROJECT_SOURCE_DIR}/handlers/ports/services.hpp")

# The three floors share one: g++ takes it only where all macros that it was made with are defined, so it is made by a
# target that has no more of them than each floor has.
set(countersign_precompiled_source ${PROJECT_BINARY_DIR}/generated/precompiled.cpp)
file(CONFIGURE OUTPUT ${countersign_precompiled_source} CONTENT "// Nothing but the precompiled header.\n")
add_library(countersign_precompiled OBJECT ${countersign_precompiled_source})
target_include_directories(countersign_precompiled PRIVATE ${PROJECT_SOURCE_DIR})
target_precompile_headers(countersign_precompiled PRIVATE ${countersign_precompiled_headers})
target_link_libraries(countersign_precompiled PRIVATE countersign_boost Boost::json countersign_options)

set(countersign_precompiled_standins
    <algorithm> <chrono> <functional> <map> <memory> <optional> <set> <stdexcept> <string> <string_view> <utility>
    <variant> <vector>
    <boost/json.hpp>)
set(countersign_precompiled_tests
    ${countersign_precompiled_headers}
    <catch2/catch.hpp>)
