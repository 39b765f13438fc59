//! One binary of integration tests.

mod reports_in;
