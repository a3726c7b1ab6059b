//! Zips that depend on their contents alone: sorted names, one date, two modes.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use anyhow::{Context, Result};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

/// A file to be packed.
pub(crate) struct File {
    /// Its contents.
    pub(crate) bytes: Vec<u8>,
    /// Whether it can be run (`build.sh`).
    pub(crate) executable: bool,
}

impl From<Vec<u8>> for File {
    fn from(bytes: Vec<u8>) -> Self {
        Self { bytes, executable: false }
    }
}

/// Files by their path inside the archive, with forward slashes.
pub(crate) type Files = BTreeMap<String, File>;

/// The archive's bytes.
pub(crate) fn zip(files: &Files) -> Result<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, file) in files {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(9))
            .last_modified_time(DateTime::default()) // 1980-01-01, the format's first day.
            .system(System::Unix)
            .unix_permissions(if file.executable { 0o755 } else { 0o644 });
        writer.start_file(name.as_str(), options).with_context(|| format!("cannot pack {name}"))?;
        writer.write_all(&file.bytes).with_context(|| format!("cannot pack {name}"))?;
    }
    Ok(writer.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_files_same_bytes() {
        let files = |order: [&str; 2]| -> Files {
            order.into_iter().map(|name| (name.to_owned(), File::from(name.as_bytes().to_vec()))).collect()
        };
        assert_eq!(zip(&files(["a", "b"])).expect("zip"), zip(&files(["b", "a"])).expect("zip"));
        assert_ne!(zip(&files(["a", "b"])).expect("zip"), zip(&files(["a", "c"])).expect("zip"));
    }
}
