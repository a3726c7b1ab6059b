//! Tests of the core against real data and hand labels, natively.

mod labels_kind;
