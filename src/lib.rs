//! The browser side of expert-search.
