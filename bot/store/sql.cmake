# SOCI, and the SQL of this room embedded as C++. Sets store_sql_source and the interface library countersign_soci.
#
# Parameters are $1, $2, ... first used in ascending order, and SOCI exchanges values by position: SQLite numbers $N by
# first appearance, PostgreSQL by N, so the same text and the same calls serve both. Migrations are per engine
# (triggers and identity columns have no common form).
find_path(SOCI_INCLUDE_DIR soci/soci.h REQUIRED)
find_library(SOCI_CORE_LIBRARY soci_core REQUIRED)
find_library(SOCI_SQLITE3_LIBRARY soci_sqlite3 REQUIRED)
mark_as_advanced(SOCI_INCLUDE_DIR SOCI_CORE_LIBRARY SOCI_SQLITE3_LIBRARY)

add_library(countersign_soci INTERFACE)
target_include_directories(countersign_soci SYSTEM INTERFACE ${SOCI_INCLUDE_DIR})
target_link_libraries(countersign_soci INTERFACE ${SOCI_SQLITE3_LIBRARY} ${SOCI_CORE_LIBRARY})

set(store_migrations
    0001_ledger
    0002_people_and_policy
    0003_ledger_key)
set(store_statements
    any_job_due
    audit_after
    audit_head
    claim_jobs
    create_schema_migration
    deciders_of
    delete_credential
    delete_expired_replays
    end_job
    ended_requests
    fence_job
    find_credential
    find_freeze
    find_ledger_key
    find_open_request
    find_post
    find_request
    find_viewer
    insert_audit
    insert_credential
    insert_job
    insert_job_once
    insert_ledger_key
    insert_replay
    insert_request
    insert_schema_migration
    held_requests
    last_audit_of
    last_change_of
    last_sealed
    list_schema_migrations
    list_tables
    list_viewers
    look_up_times_of_person
    newest_stamp
    pending_requests
    prune_jobs
    put_post
    put_viewer
    release_leases
    request_times
    request_times_of_account
    request_times_of_person
    requests_of
    reschedule_job
    update_freeze
    update_request
    write_probe)
list(TRANSFORM store_migrations PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/store/migrations/)
list(TRANSFORM store_migrations APPEND .sql)
list(TRANSFORM store_statements PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/store/sql/)
list(TRANSFORM store_statements APPEND .sql)

set(store_generated_dir ${PROJECT_BINARY_DIR}/generated)
set(store_sql_source ${store_generated_dir}/bot/store/sql.cpp)
add_custom_command(
    OUTPUT ${store_sql_source} ${store_generated_dir}/bot/store/sql.hpp
    COMMAND ${CMAKE_COMMAND} "-DSTATEMENTS=${store_statements}" "-DMIGRATIONS=${store_migrations}"
        -DOUT=${store_generated_dir} -P ${CMAKE_CURRENT_SOURCE_DIR}/store/embed.cmake
    DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/store/embed.cmake ${store_migrations} ${store_statements}
    COMMENT "Embedding the SQL"
    VERBATIM)
