//! What is kept, under which key, in which form; and the port to where it is kept.
//!
//! Ring 2, sans-IO: [`Database`] and [`Local`] are ports, [`MemoryDatabase`] and
//! [`MemoryLocal`] their memory versions; the real ones are in `web`. The records in
//! [`record`] are versioned and apart from the domain's types.

mod beside;
pub mod history;
pub mod journal;
mod memory;
mod packed;
mod port;
pub mod record;
pub mod saved;

pub use beside::{beside, then};
pub use memory::{MemoryDatabase, MemoryLocal};
pub use port::{
    Access, Database, Found, Key, Local, LocalKey, Part, Read, Step, StoreError, StoreName, Then, Value,
    Write,
};
