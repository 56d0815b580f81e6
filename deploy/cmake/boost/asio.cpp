// Asio's non-template code, compiled once for the product and the stand-ins (BOOST_ASIO_SEPARATE_COMPILATION).
#include <boost/asio/impl/src.hpp>
