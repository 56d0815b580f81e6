#pragma once

#include <array>
#include <cstddef>

// Kinds of jobs by what they do, and by whom they wait for. Each class has places of its own, so that jobs which wait
// for Auth0 hold up none that talk to Slack, and many of one sort hold up no other. Of which class a kind is says its
// row in handlers/effects.
namespace countersign::rules {

enum class JobClass
{
    guarding,    // stops, ends and takes back: what protects people
    telling,     // what people wait for or look at
    mending,     // puts back what a change undid, in Auth0
    changing,    // passwords, in Auth0
    looking_up,  // accounts, in Auth0
    caring,      // the steps after a change, in Auth0
    rest,        // in Slack, and no person waits; also kinds of later versions
};

struct JobClassPlaces
{
    JobClass job_class;
    std::size_t places;  // how many run at the same time
};

// Each class, in the order in which they are served, which is that of JobClass.
inline constexpr std::array job_classes = {
    JobClassPlaces{JobClass::guarding, 8},    JobClassPlaces{JobClass::telling, 12},
    JobClassPlaces{JobClass::mending, 4},     JobClassPlaces{JobClass::changing, 8},
    JobClassPlaces{JobClass::looking_up, 12}, JobClassPlaces{JobClass::caring, 8},
    JobClassPlaces{JobClass::rest, 8},
};

}  // namespace countersign::rules
