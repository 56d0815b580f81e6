# Turns the page's files into C++: `demo::page::embedded_files()`, each file under its path below WEB, and Vue's
# runtime as vue.js. Run as: cmake -DWEB=DIR -DFILES=... -DVUE=FILE -DOUT=FILE -P embed.cmake
set(arrays "")
set(rows "")
set(number 0)

function(embed path file)
    file(READ ${file} bytes HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
    # The last byte is no part of the file: an array cannot be empty.
    string(APPEND arrays "constexpr unsigned char bytes_${number}[] = {${bytes}0};\n")
    string(APPEND rows "        file(\"${path}\", bytes_${number}, sizeof bytes_${number} - 1),\n")
    math(EXPR number "${number} + 1")
    set(arrays "${arrays}" PARENT_SCOPE)
    set(rows "${rows}" PARENT_SCOPE)
    set(number ${number} PARENT_SCOPE)
endfunction()

foreach(file IN LISTS FILES)
    file(RELATIVE_PATH path ${WEB} ${file})
    embed(${path} ${file})
endforeach()
embed(vue.js ${VUE})

file(WRITE ${OUT} "// Generated from tests/demo/page/web; do not edit.
#include \"tests/demo/page/assets.hpp\"

#include <cstddef>

namespace demo::page {

namespace {

${arrays}
EmbeddedFile file(std::string_view path, const unsigned char* bytes, std::size_t size)
{
    return {path, std::string_view{reinterpret_cast<const char*>(bytes), size}};
}

}  // namespace

std::span<const EmbeddedFile> embedded_files()
{
    static const EmbeddedFile all[] = {
${rows}    };
    return all;
}

}  // namespace demo::page
")
