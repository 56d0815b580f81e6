// Asio's non-template code for programs that hold stand-ins but not the product. Cut as the product cuts it (Asio here;
// its TLS and Beast next door), so that a program with both takes either copy whole and never two.
#include <boost/asio/impl/src.hpp>
