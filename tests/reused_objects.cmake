# Takes the code of tests and stand-ins as another build has compiled it (COUNTERSIGN_TEST_OBJECTS: its folder, built
# before), and links it with the product as it is compiled here. For a build that differs in what it looks for in the
# product, like the one with ASan and UBSan: compiling the tests once more would be two thirds of its time.

# What knows from its compiling which program it starts is compiled here.
set(compiled_here countersign-hurried kill_test process_tests)
# These link the product.
set(product_programs http_tests scenario_tests store_crash_test thread_tests unit_tests)

# Where CMake puts the object of a source: below the target's own folder, with __ for ..
function(reused_object target source result)
    get_target_property(source_dir ${target} SOURCE_DIR)
    get_target_property(binary_dir ${target} BINARY_DIR)
    file(RELATIVE_PATH place ${PROJECT_BINARY_DIR} ${binary_dir})
    if(IS_ABSOLUTE ${source})
        file(RELATIVE_PATH source ${binary_dir} ${source})
    endif()
    string(REPLACE "../" "__/" source ${source})
    set(${result} ${COUNTERSIGN_TEST_OBJECTS}/${place}/CMakeFiles/${target}.dir/${source}.o PARENT_SCOPE)
endfunction()

function(reuse_objects target)
    get_target_property(sources ${target} SOURCES)
    set(objects)
    foreach(source IN LISTS sources)
        reused_object(${target} ${source} object)
        list(APPEND objects ${object})
    endforeach()
    set_source_files_properties(${objects} TARGET_DIRECTORY ${target}
        PROPERTIES EXTERNAL_OBJECT TRUE GENERATED TRUE)
    set_target_properties(${target} PROPERTIES
        SOURCES "${objects}" LINKER_LANGUAGE CXX DISABLE_PRECOMPILE_HEADERS ON)
endfunction()

foreach(folder standins demo unit scenario integration)
    get_property(targets DIRECTORY ${folder} PROPERTY BUILDSYSTEM_TARGETS)
    foreach(target IN LISTS targets)
        get_target_property(type ${target} TYPE)
        if(type MATCHES "EXECUTABLE|STATIC_LIBRARY" AND NOT target IN_LIST compiled_here)
            reuse_objects(${target})
        endif()
    endforeach()
endforeach()

# Of a function that both have (templates, inline functions) the linker takes the first that it sees: the product's.
foreach(program IN LISTS product_programs)
    target_link_options(${program} BEFORE PRIVATE
        LINKER:--whole-archive $<TARGET_FILE:countersign_bot> $<TARGET_FILE:countersign_auth0>
        $<TARGET_FILE:countersign_handlers> LINKER:--no-whole-archive)
endforeach()
