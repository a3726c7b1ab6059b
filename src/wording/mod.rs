//! What the words of a title and a description say: kind, promised pay, needs.
//!
//! Ring 1, pure text in, plain values out. Hostile text is the normal case.
