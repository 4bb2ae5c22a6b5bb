//! From a resolved page to the bytes a reader gets.

pub mod highlight;
pub mod math;
pub mod sanitise;
