//! The journal's stores: `storage.local` for the head and the open lines, the private file system for closed days.

use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};

use super::deadline::{Deadline, store_error};
use crate::storage::StoreError;
use crate::storage::journal::{Journal, JournalHead};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "local"], js_name = get)]
    fn local_get(keys: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "local"], js_name = getKeys)]
    fn local_keys() -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "local"], js_name = set)]
    fn local_set(items: &Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "local"], js_name = remove)]
    fn local_remove(keys: &Array) -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["navigator", "storage"], js_name = getDirectory)]
    fn root_directory() -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["navigator", "storage"])]
    fn estimate() -> Result<Promise, JsValue>;

    /// `FileSystemDirectoryHandle`.
    type Directory;
    #[wasm_bindgen(method, catch, js_name = getDirectoryHandle)]
    fn directory(this: &Directory, name: &str, options: &Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getFileHandle)]
    fn file(this: &Directory, name: &str, options: &Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = removeEntry)]
    fn remove_entry(this: &Directory, name: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn keys(this: &Directory) -> Result<Names, JsValue>;

    /// An asynchronous iterator over names.
    type Names;
    #[wasm_bindgen(method, catch)]
    fn next(this: &Names) -> Result<Promise, JsValue>;

    /// `FileSystemFileHandle`.
    type FileHandle;
    #[wasm_bindgen(method, catch, js_name = getFile)]
    fn get_file(this: &FileHandle) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = createWritable)]
    fn create_writable(this: &FileHandle) -> Result<Promise, JsValue>;

    /// `FileSystemWritableFileStream`: what is written lies beside the file and takes its place on closing.
    type Writable;
    #[wasm_bindgen(method, catch)]
    fn write(this: &Writable, bytes: &Uint8Array) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn close(this: &Writable) -> Result<Promise, JsValue>;

    /// `Blob`.
    type Blob;
    #[wasm_bindgen(method, getter)]
    fn size(this: &Blob) -> f64;
    #[wasm_bindgen(method, catch, js_name = arrayBuffer)]
    fn array_buffer(this: &Blob) -> Result<Promise, JsValue>;
}

/// The limit over one piece of work.
const LIMIT_MILLIS: u32 = 8_000;

/// Where the head lies. The names are on disk.
const HEAD: &str = "journal head";
const LINE: &str = "journal line ";
const DIRECTORY: &str = "journal";
/// Beside the journal's directory: it is none of its files.
const RESERVE: &str = "reserve";

/// What is set aside: enough for the last changes of a day and what the browser's own stores need to write them.
const RESERVE_BYTES: u32 = 4 * 1_024 * 1_024;
/// With less than that no browser writes a database.
const NO_ROOM_BYTES: f64 = 262_144.0;
/// Room that must be left besides it. Firefox says 10 MB at least, however full the disk is.
const ROOM_BESIDES: u32 = RESERVE_BYTES;

/// The journal of this extension.
pub(super) struct ExtensionJournal;

impl Journal for ExtensionJournal {
    async fn head(&self) -> Result<Option<String>, StoreError> {
        read_head().await.map_err(|thrown| store_error(&thrown))
    }

    async fn set_head(&self, head: String) -> Result<(), StoreError> {
        found_out(write_items(&[(HEAD.to_owned(), head)]).await).await
    }

    async fn append(&self, number: u64, line: String, head: String) -> Result<(), StoreError> {
        // One call: the browser writes all of its items or none.
        let items = [(line_key(number), line), (HEAD.to_owned(), head)];
        found_out(write_items(&items).await).await
    }

    async fn lines(&self) -> Result<Vec<(u64, String)>, StoreError> {
        read_lines().await.map_err(|thrown| store_error(&thrown))
    }

    async fn delete_lines(&self, through: u64) -> Result<(), StoreError> {
        delete(through).await.map_err(|thrown| store_error(&thrown))
    }

    async fn files(&self) -> Result<Vec<String>, StoreError> {
        names().await.map_err(|thrown| store_error(&thrown))
    }

    async fn read_file(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        match bytes_of(name).await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(thrown) if is_missing(&thrown) => Ok(None),
            Err(thrown) => Err(store_error(&thrown)),
        }
    }

    async fn write_file(&self, name: &str, bytes: Vec<u8>) -> Result<(), StoreError> {
        write_bytes(name, &bytes).await.map_err(|thrown| store_error(&thrown))
    }

    async fn has_file(&self, name: &str) -> Result<bool, StoreError> {
        found(size_of(name).await).map(|size| size.is_some())
    }

    async fn keep_reserve(&self) -> Result<(), StoreError> {
        let found = found(reserve_size().await)?;
        if found.is_some_and(|size| size >= f64::from(RESERVE_BYTES)) {
            return Ok(());
        }
        let kept = set_aside().await;
        if kept.is_err() {
            // What was begun of it takes room and is of no use.
            let _gone = free().await;
        }
        kept.map_err(|thrown| store_error(&thrown))
    }

    async fn free_reserve(&self) -> Result<bool, StoreError> {
        let had = found(reserve_size().await)?.is_some_and(|size| size > 0.0);
        Ok(found(free().await)?.is_some() && had)
    }
}

async fn found_out(written: Result<(), JsValue>) -> Result<(), StoreError> {
    match written {
        Err(thrown) => Err(looked_into(store_error(&thrown)).await),
        Ok(()) => Ok(()),
    }
}

/// Chromium does not always say why it refuses: on a full disk it opens no database, and says no more than that.
pub(super) async fn looked_into(error: StoreError) -> StoreError {
    if !matches!(error, StoreError::Unavailable(_)) {
        return error;
    }
    let is_full = matches!(room().await, Ok(Some(bytes)) if bytes < NO_ROOM_BYTES);
    if is_full { StoreError::DiskFull } else { error }
}

/// What is there; `None` where the browser says that it is not.
fn found<T>(read: Result<T, JsValue>) -> Result<Option<T>, StoreError> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(thrown) if is_missing(&thrown) => Ok(None),
        Err(thrown) => Err(store_error(&thrown)),
    }
}

/// Names sort as numbers do.
fn line_key(number: u64) -> String {
    format!("{LINE}{number:012}")
}

async fn read_head() -> Result<Option<String>, JsValue> {
    let deadline = Deadline::after_millis(LIMIT_MILLIS);
    let items = deadline.wait(&local_get(&JsValue::from_str(HEAD))?).await?;
    let head = Reflect::get(&items, &JsValue::from_str(HEAD))?;
    // A head that is no text is a damaged one, not a missing one.
    if head.is_undefined() { Ok(None) } else { Ok(Some(head.as_string().unwrap_or_default())) }
}

/// All open lines. One that cannot be read is there as an empty text: its number is known, and it counts as damaged.
async fn read_lines() -> Result<Vec<(u64, String)>, JsValue> {
    let deadline = Deadline::after_millis(LIMIT_MILLIS);
    let all = deadline.wait(&local_get(&JsValue::NULL)?).await;
    let mut lines: Vec<(u64, String)> = match all {
        Ok(items) => {
            Object::entries(items.unchecked_ref()).iter().filter_map(|pair| line_of(&pair)).collect()
        }
        Err(thrown) if is_limit(&thrown) => return Err(thrown),
        // One damaged value costs the answer that all are asked for in.
        Err(thrown) => one_by_one(line_numbers(thrown).await?).await?,
    };
    lines.sort_unstable();
    Ok(lines)
}

/// A line from a pair of key and value; what is no text is damaged.
fn line_of(pair: &JsValue) -> Option<(u64, String)> {
    let pair: &Array = pair.unchecked_ref();
    Some((line_number(&pair.get(0))?, pair.get(1).as_string().unwrap_or_default()))
}

fn line_number(key: &JsValue) -> Option<u64> {
    key.as_string()?.strip_prefix(LINE)?.parse().ok()
}

/// The numbers of the lines that there should be: as the browser lists its keys, or else as the head counts them.
/// Firefox lists keys from 143 on. `thrown` is what is said where neither is to be had.
async fn line_numbers(thrown: JsValue) -> Result<Vec<u64>, JsValue> {
    let deadline = Deadline::after_millis(LIMIT_MILLIS);
    let listed = match local_keys() {
        Ok(keys) => deadline.wait(&keys).await,
        Err(not_offered) => Err(not_offered),
    };
    if let Ok(keys) = listed {
        return Ok(Array::from(&keys).iter().filter_map(|key| line_number(&key)).collect());
    }
    let head = JournalHead::decode(read_head().await?.as_deref()).map_err(|_damaged| thrown)?;
    Ok(head.open_lines().collect())
}

async fn one_by_one(numbers: Vec<u64>) -> Result<Vec<(u64, String)>, JsValue> {
    let deadline = Deadline::after_millis(LIMIT_MILLIS);
    let mut lines = Vec::new();
    for number in numbers {
        let key = JsValue::from_str(&line_key(number));
        let line = match deadline.wait(&local_get(&key)?).await {
            Ok(items) => Reflect::get(&items, &key)?.as_string().unwrap_or_default(),
            Err(thrown) if is_limit(&thrown) => return Err(thrown),
            Err(_damaged) => String::new(),
        };
        lines.push((number, line));
    }
    Ok(lines)
}

/// No answer in time, or no room: that says nothing of what is stored.
fn is_limit(thrown: &JsValue) -> bool {
    matches!(store_error(thrown), StoreError::TimedOut | StoreError::DiskFull)
}

async fn write_items(items: &[(String, String)]) -> Result<(), JsValue> {
    let deadline = Deadline::after_millis(LIMIT_MILLIS);
    let object = Object::new();
    for (key, text) in items {
        Reflect::set(&object, &JsValue::from_str(key), &JsValue::from_str(text))?;
    }
    deadline.wait(&local_set(&object)?).await.map(drop)
}

async fn delete(through: u64) -> Result<(), JsValue> {
    let keys = Array::new();
    for (number, _) in read_lines().await? {
        if number <= through {
            keys.push(&JsValue::from_str(&line_key(number)));
        }
    }
    let deadline = Deadline::after_millis(LIMIT_MILLIS);
    deadline.wait(&local_remove(&keys)?).await.map(drop)
}

async fn root(deadline: &Deadline) -> Result<Directory, JsValue> {
    Ok(deadline.wait(&root_directory()?).await?.unchecked_into())
}

async fn journal_directory(deadline: &Deadline) -> Result<Directory, JsValue> {
    let root = root(deadline).await?;
    Ok(deadline.wait(&root.directory(DIRECTORY, &creating()?)?).await?.unchecked_into())
}

fn creating() -> Result<Object, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &JsValue::from_str("create"), &JsValue::TRUE)?;
    Ok(options)
}

async fn names() -> Result<Vec<String>, JsValue> {
    let deadline = Deadline::after_millis(LIMIT_MILLIS);
    let keys = journal_directory(&deadline).await?.keys()?;
    let mut names = Vec::new();
    loop {
        let next = deadline.wait(&keys.next()?).await?;
        if Reflect::get(&next, &JsValue::from_str("done"))?.is_truthy() {
            break;
        }
        names.extend(Reflect::get(&next, &JsValue::from_str("value"))?.as_string());
    }
    names.sort_unstable();
    Ok(names)
}

async fn bytes_of(name: &str) -> Result<Vec<u8>, JsValue> {
    let deadline = Deadline::after_millis(LIMIT_MILLIS);
    let directory = journal_directory(&deadline).await?;
    let handle: FileHandle = deadline.wait(&directory.file(name, &Object::new())?).await?.unchecked_into();
    let blob: Blob = deadline.wait(&handle.get_file()?).await?.unchecked_into();
    let buffer = deadline.wait(&blob.array_buffer()?).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

async fn write_bytes(name: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let deadline = Deadline::after_millis(LIMIT_MILLIS);
    let directory = journal_directory(&deadline).await?;
    write_into(&deadline, &directory, name, bytes).await
}

async fn write_into(
    deadline: &Deadline,
    directory: &Directory,
    name: &str,
    bytes: &[u8],
) -> Result<(), JsValue> {
    let handle: FileHandle = deadline.wait(&directory.file(name, &creating()?)?).await?.unchecked_into();
    let writable: Writable = deadline.wait(&handle.create_writable()?).await?.unchecked_into();
    deadline.wait(&writable.write(&Uint8Array::from(bytes))?).await?;
    deadline.wait(&writable.close()?).await.map(drop)
}

async fn size_of(name: &str) -> Result<f64, JsValue> {
    let deadline = Deadline::after_millis(LIMIT_MILLIS);
    // Not made where it is missing: a lost directory must read as lost.
    let directory = root(&deadline).await?.directory(DIRECTORY, &Object::new())?;
    let directory: Directory = deadline.wait(&directory).await?.unchecked_into();
    size_in(&deadline, &directory, name).await
}

async fn reserve_size() -> Result<f64, JsValue> {
    let deadline = Deadline::after_millis(LIMIT_MILLIS);
    let root = root(&deadline).await?;
    size_in(&deadline, &root, RESERVE).await
}

async fn size_in(deadline: &Deadline, directory: &Directory, name: &str) -> Result<f64, JsValue> {
    let handle: FileHandle = deadline.wait(&directory.file(name, &Object::new())?).await?.unchecked_into();
    let blob: Blob = deadline.wait(&handle.get_file()?).await?.unchecked_into();
    Ok(blob.size())
}

/// Bytes that the browser would let us take besides; `None` where it does not say.
async fn room() -> Result<Option<f64>, JsValue> {
    let deadline = Deadline::after_millis(LIMIT_MILLIS);
    let said = deadline.wait(&estimate()?).await?;
    let number = |name: &str| Reflect::get(&said, &JsValue::from_str(name)).ok()?.as_f64();
    Ok(number("quota").zip(number("usage")).map(|(quota, usage)| quota - usage))
}

/// Writes the reserve where the browser says that there is more room than that.
async fn set_aside() -> Result<(), JsValue> {
    if room().await?.is_some_and(|bytes| bytes < f64::from(RESERVE_BYTES) + f64::from(ROOM_BESIDES)) {
        return Ok(());
    }
    let deadline = Deadline::after_millis(LIMIT_MILLIS);
    let root = root(&deadline).await?;
    write_into(&deadline, &root, RESERVE, &noise(RESERVE_BYTES)).await
}

/// Bytes that no file system makes smaller: Marsaglia's xorshift, 64 bits, from a fixed beginning.
fn noise(count: u32) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let words = (0..count / 8).flat_map(|_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    });
    words.collect()
}

async fn free() -> Result<(), JsValue> {
    let deadline = Deadline::after_millis(LIMIT_MILLIS);
    let root = root(&deadline).await?;
    deadline.wait(&root.remove_entry(RESERVE)?).await.map(drop)
}

fn is_missing(thrown: &JsValue) -> bool {
    let name = Reflect::get(thrown, &JsValue::from_str("name")).ok();
    name.and_then(|name| name.as_string()).as_deref() == Some("NotFoundError")
}
