#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace countersign::test {

// A program that is started with words, and what it says.
class Child
{
public:
    // `output`: the file where its standard output and standard error go. Throws std::runtime_error.
    Child(std::vector<std::string> words, std::filesystem::path output);
    ~Child();  // kills it when it still runs
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    void signal(int number);
    // Waits until it has said `words`; false when it has not by the deadline of a step.
    bool says(const std::string& words);
    // Waits; its exit status, -1 when it was killed or does not end by the deadline of a step.
    int wait_for_end();
    std::string output() const;

private:
    bool has_ended();
    bool until(const std::function<bool()>& done);

    std::filesystem::path output_;
    pid_t pid_ = 0;
    int status_ = -1;
};

}  // namespace countersign::test
