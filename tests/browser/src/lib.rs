//! An empty library: this package contains only tests.
