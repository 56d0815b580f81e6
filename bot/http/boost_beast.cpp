// The non-template code of Asio's TLS and of Beast, compiled once (BEAST and ASIO separate compilation).
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
