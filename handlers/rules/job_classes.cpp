#include "handlers/rules/job_classes.hpp"

#include "handlers/model/after_change.hpp"
#include "handlers/rules/jobs.hpp"

namespace countersign::rules {

namespace {

struct Row
{
    JobClass job_class;
    std::string_view kind;
};

// What is not listed belongs to the rest.
constexpr std::array rows = {
    Row{JobClass::guarding, job_kind::freeze_notice},
    Row{JobClass::guarding, job_kind::release},
    Row{JobClass::guarding, job_kind::claim},
    Row{JobClass::guarding, job_kind::handover_close},
    Row{JobClass::guarding, job_kind::handover_expire},
    Row{JobClass::guarding, job_kind::handover_settle},
    Row{JobClass::guarding, job_kind::expire},
    Row{JobClass::telling, job_kind::card},
    Row{JobClass::telling, job_kind::answer},
    Row{JobClass::telling, job_kind::note},
    Row{JobClass::telling, job_kind::requester_dm},
    Row{JobClass::telling, job_kind::handover_spell},
    Row{JobClass::telling, job_kind::still_waiting},
    Row{JobClass::telling, job_kind::redraw_cards},
    Row{JobClass::telling, job_kind::thread_line},
    Row{JobClass::telling, job_kind::trouble},
    Row{JobClass::mending, job_kind::reblock},
    Row{JobClass::changing, job_kind::change},
    Row{JobClass::changing, job_kind::begin_change},
    Row{JobClass::looking_up, job_kind::look_up},
    Row{JobClass::caring, after_change::mark_must_change},
    Row{JobClass::caring, after_change::revoke_tokens},
    Row{JobClass::caring, after_change::end_sessions},
    Row{JobClass::caring, after_change::tell_owner},
};

}  // namespace

JobClass class_of(std::string_view kind) noexcept
{
    for (const Row& row : rows)
        if (row.kind == kind) return row.job_class;
    return JobClass::rest;
}

JobKinds kinds_of(JobClass job_class)
{
    const bool is_rest = job_class == JobClass::rest;
    JobKinds kinds{is_rest ? JobKinds::Are::others : JobKinds::Are::these, {}};
    for (const Row& row : rows)
        if (is_rest || row.job_class == job_class) kinds.kinds.emplace_back(row.kind);
    return kinds;
}

}  // namespace countersign::rules
