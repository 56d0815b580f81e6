#pragma once

#include <sys/resource.h>

#include <csignal>
#include <cstdlib>
#include <string>

// What a program inherits from the process that starts it: changed for the time of a test. The test itself has one
// thread.
namespace countersign::test {

class Environment
{
public:
    Environment(std::string name, const std::string& value) : name_{std::move(name)}
    {
        const char* before = std::getenv(name_.c_str());  // NOLINT(concurrency-mt-unsafe)
        was_set_ = before != nullptr;
        if (was_set_) before_ = before;
        ::setenv(name_.c_str(), value.c_str(), 1);  // NOLINT(concurrency-mt-unsafe)
    }
    ~Environment()
    {
        if (was_set_)
            ::setenv(name_.c_str(), before_.c_str(), 1);  // NOLINT(concurrency-mt-unsafe)
        else
            ::unsetenv(name_.c_str());  // NOLINT(concurrency-mt-unsafe)
    }
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;

private:
    std::string name_;
    std::string before_;
    bool was_set_ = false;
};

// The soft limit: a program may raise it no further than the hard one, which stays.
class SoftLimit
{
public:
    SoftLimit(__rlimit_resource_t resource, rlim_t value) : resource_{resource}
    {
        ::getrlimit(resource_, &before_);
        rlimit now = before_;
        now.rlim_cur = value < before_.rlim_max ? value : before_.rlim_max;
        ::setrlimit(resource_, &now);
    }
    ~SoftLimit() { ::setrlimit(resource_, &before_); }
    SoftLimit(const SoftLimit&) = delete;
    SoftLimit& operator=(const SoftLimit&) = delete;

private:
    __rlimit_resource_t resource_;
    rlimit before_{};
};

class IgnoredSignal
{
public:
    explicit IgnoredSignal(int number) : number_{number}, before_{std::signal(number, SIG_IGN)} {}
    ~IgnoredSignal() { static_cast<void>(std::signal(number_, before_)); }
    IgnoredSignal(const IgnoredSignal&) = delete;
    IgnoredSignal& operator=(const IgnoredSignal&) = delete;

private:
    int number_;
    void (*before_)(int);
};

}  // namespace countersign::test
