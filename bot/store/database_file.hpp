#pragma once

#include <string>

namespace countersign::store {

// Makes this process the only user of a database file, for as long as the object lives: an flock()ed "PATH.lock" beside
// it, which names the process. SQLite 3.40 can corrupt a database that two connections checkpoint at once (fixed in
// 3.51.3). Under whatever other path: see FileLock.
class DatabaseFile
{
public:
    // Creates the database file readable by its owner alone if there is none. Throws StartRefused when another process
    // holds the lock, the directory cannot be written, the file lies on a network file system (no reliable locks), or
    // one of the database's files is a link, no regular file, has a second name, belongs to another user, or others
    // have rights on it.
    explicit DatabaseFile(const std::string& path);
    DatabaseFile(const DatabaseFile&) = delete;
    DatabaseFile& operator=(const DatabaseFile&) = delete;

private:
    // A member of its own, so that it is closed as well when the constructor refuses.
    struct Descriptor
    {
        int number;
        ~Descriptor();
    };
    Descriptor lock_;
};

}  // namespace countersign::store
