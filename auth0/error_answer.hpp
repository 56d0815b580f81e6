#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/time.hpp"
#include "handlers/ports/http_client.hpp"

#include <string>

namespace countersign::auth0 {

// Whether a call may have changed something when its answer is lost.
enum class Effect
{
    none,
    change,
};

// The service's own code in an error's body (`errorCode`, or `error` of the token endpoint), as a word; empty when
// the body has none. Messages are never handed on: they echo input.
std::string error_code_in(const http::ClientResponse& response);

// 401, or 400 `Bearer` (a token that is no JWT): decided before anything was changed.
bool refuses_token(const http::ClientResponse& response);

// What an answer other than 2xx of the Management API means (auth0/CONTRACT.md, "Errors").
Problem management_problem(const http::ClientResponse& response, Effect effect, TimePoint now);

// What an answer other than 200 of oauth/token means. A token request changes nothing: an answer that says nothing is
// `unavailable`.
Problem token_problem(const http::ClientResponse& response, TimePoint now);

// What an answer other than 200 of dbconnections/change_password means.
Problem mail_problem(const http::ClientResponse& response, TimePoint now);

// What it means that the client brought no answer.
Problem exchange_problem(const Problem& problem, Effect effect);

// The Problem for a success that cannot be read.
Problem unreadable_answer(Effect effect);

}  // namespace countersign::auth0
