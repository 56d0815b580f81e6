#include "tests/integration/support/http_cases.hpp"

#include <string_view>

namespace countersign::test {

namespace {

using namespace std::string_literals;

const std::string host = "Host: bot.test\r\n";
const std::string request_line = "POST /case HTTP/1.1\r\n";

// A POST with these fields (each with its CR LF) and these bytes after the head.
HttpCase post(const std::string& fields, const std::string& body)
{
    return HttpCase{request_line + host + fields + "\r\n" + body};
}

HttpCase chunked(const std::string& body) { return post("Transfer-Encoding: chunked\r\n", body); }

HttpCase accepted(HttpCase made)
{
    made.status = 200;
    made.reaches = "/case";
    return made;
}

HttpCase with_status(HttpCase made, int status)
{
    made.status = status;
    return made;
}

// A GET whose request line is given whole.
HttpCase get(const std::string& line) { return HttpCase{line + "\r\n" + host + "\r\n"}; }

std::string repeated(const std::string& text, int times)
{
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

std::map<std::string, HttpCase> framing_cases()
{
    const std::string length = "Content-Length: 3\r\n";
    const std::string chunks = "3\r\nabc\r\n0\r\n\r\n";
    const auto with_length = [](const std::string& value) { return post("Content-Length: " + value + "\r\n", "abc"); };
    const auto with_coding = [](const std::string& value) {
        return post("Transfer-Encoding: " + value + "\r\n", "3\r\nabc\r\n0\r\n\r\n");
    };
    return {
        {"ok POST CL", accepted(post(length, "a=1"))},
        {"CL then TE chunked", post(length + "Transfer-Encoding: chunked\r\n", "0\r\n\r\n")},
        {"TE chunked then CL", post("Transfer-Encoding: chunked\r\n" + length, "0\r\n\r\n")},
        {"TE gzip then CL", post("Transfer-Encoding: gzip\r\n" + length, "abc")},
        {"CL then TE gzip", post(length + "Transfer-Encoding: gzip\r\n", "abc")},
        {"TE gzip only", with_coding("gzip")},
        {"TE identity only", with_coding("identity")},
        {"TE chunked, identity", with_coding("chunked, identity")},
        {"TE xchunked", with_coding("xchunked")},
        {"TE chunked twice (2 lines)", post(repeated("Transfer-Encoding: chunked\r\n", 2), chunks)},
        {"TE chunked,chunked", with_coding("chunked,chunked")},
        {"TE with vtab '\\x0bchunked'",
         with_coding("\x0b"
                     "chunked")},
        {"TE name space-colon", post("Transfer-Encoding : chunked\r\n", chunks)},
        {"TE chunked HTTP/1.0",
         HttpCase{"POST /case HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n" + chunks}},
        {"CL dup same", post(length + length, "abc")},
        {"CL dup differ", post(length + "Content-Length: 4\r\n", "abcd")},
        {"CL list same 3, 3", with_length("3, 3")},
        {"CL list differ 3, 4", with_length("3, 4")},
        {"CL +3", with_length("+3")},
        {"CL -1", with_length("-1")},
        {"CL 0x3", with_length("0x3")},
        {"CL 3 3", with_length("3 3")},
        {"CL empty", with_length("")},
        {"CL 2^64", with_length("18446744073709551616")},
        {"CL 2^64+3 wrap", with_length("18446744073709551619")},
        {"CL 3_0", with_length("3_0")},
        {"CL over body_limit", with_status(with_length("65537"), 413)},
    };
}

std::map<std::string, HttpCase> line_cases()
{
    const std::string length = "Content-Length: 3\r\n";
    const std::string inner = "GET /smuggled HTTP/1.1\r\n" + host + "\r\n";
    const auto with_field = [&length](const std::string& field) { return post(field + length, "abc"); };
    return {
        {"obs-fold value", with_field("X-A: b\r\n c\r\n")},
        {"obs-fold TE", with_field("Transfer-Encoding:\r\n chunked\r\n")},
        {"bare LF lines", HttpCase{"POST /case HTTP/1.1\nHost: bot.test\nContent-Length: 3\n\nabc"}},
        {"bare LF one header", with_field("X-A: b\n")},
        {"bare CR in value", with_field("X-A: b\rc\r\n")},
        {"NUL in value", with_field("X-A: b\0c\r\n"s)},
        {"space before first header", HttpCase{request_line + " " + host + length + "\r\nabc"}},
        {"header name empty", with_field(": b\r\n")},
        {"header no colon", with_field("X-A\r\n")},
        {"no Host", HttpCase{request_line + length + "\r\nabc"}},
        {"two Hosts", with_field("Host: other.test\r\n")},
        {"header 16 KB > header_limit", with_field("X-A: " + std::string(16'384, 'b') + "\r\n")},
        {"1000 tiny headers (7 KB)", with_field(repeated("a: bc\r\n", 1000))},
        {"HTTP/0.9", HttpCase{"GET /case\r\n"}},
        {"HTTP/2.0 version", get("GET /case HTTP/2.0")},
        {"HTTP/1.2 version", get("GET /case HTTP/1.2")},
        {"http/1.1 lower", get("GET /case http/1.1")},
        {"leading CRLF", get("\r\nGET /case HTTP/1.1")},
        {"double space in req line", get("GET  /case HTTP/1.1")},
        {"tab in req line", get("GET\t/case HTTP/1.1")},
        {"space in target", get("GET /ca se HTTP/1.1")},
        {"high-bit in target", get("GET /caf\xc3\xa9 HTTP/1.1")},
        {"GET with body CL (pipelined)",
         accepted(HttpCase{
             "GET /case HTTP/1.1\r\n" + host + "Content-Length: " + std::to_string(inner.size()) + "\r\n\r\n" +
             inner})},
        {"Expect 100-continue", accepted(with_field("Expect: 100-continue\r\n"))},
        {"Upgrade h2c + CL", with_field("Connection: Upgrade\r\nUpgrade: h2c\r\n")},
        {"dup X-Slack-Signature", with_status(with_field(repeated("X-Slack-Signature: v0=00\r\n", 2)), 401)},
        {"absolute-form target", get("GET http://bot.test/case HTTP/1.1")},
    };
}

std::map<std::string, HttpCase> chunk_cases()
{
    const std::string tail = "\r\nabc\r\n0\r\n\r\n";
    const std::string last = "3\r\nabc\r\n0\r\n";
    return {
        {"chunk ok", chunked("3" + tail)},
        {"chunk bare LF size line", chunked("3\nabc\r\n0\r\n\r\n")},
        {"chunk last bare LF", chunked("3\r\nabc\r\n0\n\n")},
        {"chunk no CRLF after data", chunked("3\r\nabc0\r\n\r\n")},
        {"chunk size 0x3", chunked("0x3" + tail)},
        {"chunk size +3", chunked("+3" + tail)},
        {"chunk size -1", chunked("-1" + tail)},
        {"chunk size overflow 17 hex", chunked("10000000000000003" + tail)},
        {"chunk size trailing space", chunked("3 " + tail)},
        {"chunk ext LF '3;\\nx'", chunked("3;\nx" + tail)},
        {"chunk ext quoted w/ CTL", chunked("3;a=\"\x01\"" + tail)},
        {"chunk ext quoted w/ LF", chunked("3;a=\"\n\"" + tail)},
        {"chunk ext 60 KB", chunked("3;" + std::string(61'440, 'x') + tail)},
        {"chunk ext 4 MB", chunked("3;" + std::string(4'194'304, 'x') + tail)},
        {"trailer sets X-Slack-Signature", chunked(last + "X-Slack-Signature: v0=00\r\n\r\n")},
        {"trailer Content-Length", chunked(last + "Content-Length: 40\r\n\r\n")},
        {"trailer 1 MB", chunked(last + repeated("X-A: " + std::string(1'000, 'x') + "\r\n", 1'000) + "\r\n")},
        {"trailer with a value over 64 KB (kills an unguarded Beast 1.81 process)",
         chunked(last + "X-A: " + std::string(70'000, 'x') + "\r\n\r\n")},
    };
}

}  // namespace

std::map<std::string, HttpCase> http_cases()
{
    auto all = framing_cases();
    all.merge(line_cases());
    all.merge(chunk_cases());
    return all;
}

}  // namespace countersign::test
