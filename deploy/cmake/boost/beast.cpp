// The non-template code of Asio's TLS and of Beast, likewise. A file of its own: who needs neither links neither.
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
