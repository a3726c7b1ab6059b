//! The extensions a browser is started with: ours as packed, and the test's own folders.

use anyhow::{Context, Result};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Cargo's target folder.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

fn open(zip: &Path) -> Result<ZipArchive<File>> {
    let file = File::open(zip).with_context(|| format!("{} is missing: ./build.sh build", zip.display()))?;
    Ok(ZipArchive::new(file)?)
}

/// An extension, as a zip and as the folder that came out of it.
#[derive(Debug)]
pub(crate) struct Package {
    zip: PathBuf,
    folder: PathBuf,
    manifest: Value,
}

impl Package {
    /// The zip that a store would get, unpacked into `place`.
    pub(crate) fn packed(zip: &Path, place: &Path) -> Result<Self> {
        open(zip)?.extract(place)?;
        Self::of(zip.to_owned(), place)
    }

    /// A folder of this crate with further files beside its own, zipped into `place`.
    pub(crate) fn folder(source: &Path, extra: &[&Path], place: &Path) -> Result<Self> {
        fs::create_dir_all(place)?;
        let zip = place.with_extension("zip");
        let mut archive = ZipWriter::new(File::create(&zip)?);
        let own: Vec<PathBuf> =
            fs::read_dir(source)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
        for path in own.iter().map(PathBuf::as_path).chain(extra.iter().copied()) {
            let name = path.file_name().context("a file without a name")?;
            let bytes = fs::read(path).with_context(|| format!("{} is missing", path.display()))?;
            archive.start_file(name.to_string_lossy(), SimpleFileOptions::default())?;
            archive.write_all(&bytes)?;
            fs::write(place.join(name), bytes)?;
        }
        archive.finish()?;
        Self::of(zip, place)
    }

    /// A copy of a packed zip whose files `edit` has changed, by their path in it.
    pub(crate) fn edited(
        zip: &Path,
        place: &Path,
        mut edit: impl FnMut(&str, Vec<u8>) -> Result<Vec<u8>>,
    ) -> Result<Self> {
        let mut original = open(zip)?;
        let copied = place.with_extension("zip");
        let mut copy = ZipWriter::new(File::create(&copied)?);
        for index in 0..original.len() {
            let mut file = original.by_index(index)?;
            let (name, mut bytes) = (file.name().to_owned(), Vec::new());
            file.read_to_end(&mut bytes)?;
            copy.start_file(name.as_str(), SimpleFileOptions::default())?;
            copy.write_all(&edit(&name, bytes)?)?;
        }
        copy.finish()?;
        Self::packed(&copied, place)
    }

    fn of(zip: PathBuf, folder: &Path) -> Result<Self> {
        // Chromium hashes the path as it resolves it.
        let folder = folder.canonicalize()?;
        let manifest = serde_json::from_slice(&fs::read(folder.join("manifest.json"))?)?;
        Ok(Self { zip, folder, manifest })
    }

    /// Changes the version in the folder's manifest and zips the folder anew.
    pub(crate) fn set_version(&mut self, version: &str) -> Result<()> {
        let fields = self.manifest.as_object_mut().context("a manifest is an object")?;
        fields.insert("version".to_owned(), version.into());
        fs::write(self.folder.join("manifest.json"), self.manifest.to_string())?;
        self.zip = self.folder.with_extension(format!("{version}.zip"));
        let mut archive = ZipWriter::new(File::create(&self.zip)?);
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder)? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let name = path.strip_prefix(&self.folder)?.to_string_lossy().replace('\\', "/");
                archive.start_file(name, SimpleFileOptions::default())?;
                archive.write_all(&fs::read(&path)?)?;
            }
        }
        archive.finish()?;
        Ok(())
    }

    /// The zip.
    pub(crate) fn zip(&self) -> &Path {
        &self.zip
    }

    /// The unpacked folder.
    pub(crate) fn unpacked(&self) -> &Path {
        &self.folder
    }

    /// The name Chromium gives an extension that it loads from a folder: the first 16 bytes of the path's SHA-256,
    /// each hexadecimal digit moved to the letters a–p.
    pub(crate) fn chromium_id(&self) -> String {
        let digest = Sha256::digest(self.folder.to_string_lossy().as_bytes());
        let letter = |nibble: u8| char::from(b'a' + nibble);
        digest.iter().take(16).flat_map(|byte| [letter(byte >> 4), letter(byte & 15)]).collect()
    }

    /// The id that the manifest gives for Firefox.
    pub(crate) fn gecko_id(&self) -> Result<&str> {
        let id = self.manifest.pointer("/browser_specific_settings/gecko/id").and_then(Value::as_str);
        id.context("the manifest has no browser_specific_settings.gecko.id")
    }
}
