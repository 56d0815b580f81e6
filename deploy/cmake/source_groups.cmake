# Compiles the sources of the targets of some folders in groups: see source_groups.py. A source that declares another
# name for itself can need another group, so that a changed source configures again (a quarter of a second).
# The builds without groups (COUNTERSIGN_GROUP_MAX=1) compile each file by itself, with all warnings.
function(countersign_group_target target)
    get_target_property(sources ${target} SOURCES)
    get_target_property(source_dir ${target} SOURCE_DIR)
    get_target_property(binary_dir ${target} BINARY_DIR)
    set(grouped)
    set(others)
    foreach(source IN LISTS sources)
        if(IS_ABSOLUTE ${source})
            list(APPEND others ${source})  # generated
        else()
            get_filename_component(source ${source_dir}/${source} ABSOLUTE)
            list(APPEND grouped ${source})
        endif()
    endforeach()
    list(LENGTH grouped count)
    if(count LESS 2)
        return()
    endif()
    execute_process(
        COMMAND ${Python3_EXECUTABLE} -B ${PROJECT_SOURCE_DIR}/deploy/cmake/source_groups.py
                ${binary_dir}/groups/${target} ${COUNTERSIGN_GROUP_MAX} ${grouped}
        OUTPUT_VARIABLE groups OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
    string(REPLACE "\n" ";" groups "${groups}")
    set_property(DIRECTORY ${PROJECT_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${grouped}
        ${PROJECT_SOURCE_DIR}/deploy/cmake/source_groups.py)
    set_target_properties(${target} PROPERTIES SOURCES "${groups};${others}")
endfunction()

function(countersign_group_sources)
    if(COUNTERSIGN_GROUP_MAX LESS 2)
        return()
    endif()
    find_package(Python3 REQUIRED COMPONENTS Interpreter)
    foreach(folder IN LISTS ARGN)
        get_property(targets DIRECTORY ${folder} PROPERTY BUILDSYSTEM_TARGETS)
        foreach(target IN LISTS targets)
            get_target_property(type ${target} TYPE)
            if(type MATCHES "EXECUTABLE|STATIC_LIBRARY")
                countersign_group_target(${target})
            endif()
        endforeach()
    endforeach()
endfunction()
