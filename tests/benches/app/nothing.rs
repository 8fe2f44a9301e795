//! An empty library: this package contains only a benchmark.
