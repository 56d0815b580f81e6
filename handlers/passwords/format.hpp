#pragma once

namespace countersign {

// What a password is made of.
enum class PasswordFormat
{
    sop,         // $First!Last$!, the procedure's standard format
    passphrase,  // random words
    ticket,      // a link with which the owner sets a password: nobody else learns one
};

}  // namespace countersign
