//! A disk small enough to be filled: a file system in memory, with its own end.

use anyhow::{Context, Result, anyhow, bail, ensure};
use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Shared memory of a container is a small disk by itself; that of a whole machine is not to be filled.
const SMALL: u64 = 512 * 1_024 * 1_024;

/// Between two looks whether something was freed.
const BREATH: Duration = Duration::from_millis(5);

/// Set in the second process of a trial, which may mount what the first may not.
const INSIDE: &str = "WAGELIGHT_OWN_NAMESPACE";

/// A folder that lies on a small disk.
pub(crate) struct SmallDisk {
    /// Where what is written goes.
    at: PathBuf,
    how: How,
}

enum How {
    Mounted,
    /// This became a link to a folder in shared memory.
    Linked {
        link: PathBuf,
    },
}

/// What came of the wish for a small disk.
pub(crate) enum Wish {
    /// Here it is.
    Granted(SmallDisk),
    /// A second process made the whole trial, where it may mount; the folder is empty now.
    MadeElsewhere,
}

impl SmallDisk {
    /// Puts a folder with all that is in it on a disk of its own with so much room besides.
    ///
    /// Root may mount. Who may not is root in a user namespace of their own, where the kernel allows that: then the
    /// trial is made there, by this program once more. A container that forbids both has a small disk: its shared
    /// memory. Where nothing of this is to be had the trial fails: a full disk that was not tried is no full disk.
    pub(crate) fn under(folder: &Path, room: u64, trial: &str) -> Result<Wish> {
        let aside = folder.with_extension("aside");
        fs::rename(folder, &aside)?;
        let size = bytes_in(&aside)? + room;
        fs::create_dir(folder)?;
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(folder)
            .output()?;
        if mounted.status.success() {
            copy(&aside, folder)?;
            return Ok(Wish::Granted(Self { at: folder.to_owned(), how: How::Mounted }));
        }
        let no_mount = String::from_utf8_lossy(&mounted.stderr).trim().to_owned();
        println!("A SMALL DISK CANNOT BE MOUNTED HERE ({no_mount})");
        if std::env::var_os(INSIDE).is_none() && may_unshare() {
            println!("the trial is made in a user namespace of its own");
            let made = Command::new("unshare")
                .args(["--user", "--map-root-user", "--mount"])
                .arg(std::env::current_exe()?)
                .args(["--exact", trial])
                .env(INSIDE, "1")
                .status()?;
            ensure!(made.success(), "in a user namespace of its own: {made}");
            return Ok(Wish::MadeElsewhere);
        }
        let shared = Path::new("/dev/shm");
        let whole = size_of(shared)?;
        if whole > SMALL {
            bail!(
                "no small disk: mounting is not allowed ({no_mount}), nor a user namespace, and /dev/shm is too large to \
                 be filled ({whole} bytes). Run as root, or allow user namespaces, or give the container a small /dev/shm"
            );
        }
        println!("the profile goes to /dev/shm, which has {whole} bytes");
        let linked = shared.join(format!("wagelight-{}", std::process::id()));
        copy(&aside, &linked).context("the profile does not fit into /dev/shm")?;
        fs::remove_dir(folder)?;
        symlink(&linked, folder)?;
        Ok(Wish::Granted(Self { at: linked, how: How::Linked { link: folder.to_owned() } }))
    }

    /// Leaves not one byte, also of what was freed since it was filled last.
    pub(crate) fn fill(&self) -> Result<()> {
        fill(&self.filler())
    }

    /// Keeps it full whatever browsers free, until there is to be room.
    pub(crate) fn keep_full(&self) -> Result<Full<'_>> {
        self.fill()?;
        let (end, ended) = mpsc::channel();
        let filler = self.filler();
        let thread = thread::spawn(move || {
            while ended.recv_timeout(BREATH) == Err(RecvTimeoutError::Timeout) {
                // It is the disk that says no.
                let _full = fill(&filler);
            }
        });
        Ok(Full { disk: self, end, thread })
    }

    fn filler(&self) -> PathBuf {
        self.at.join("filler")
    }
}

fn fill(filler: &Path) -> Result<()> {
    let mut file = File::options().create(true).append(true).open(filler)?;
    for size in [1_024 * 1_024, 4_096, 1] {
        let block = vec![0x77_u8; size];
        while file.write_all(&block).is_ok() {}
    }
    Ok(())
}

/// A disk that stays full.
pub(crate) struct Full<'a> {
    disk: &'a SmallDisk,
    end: Sender<()>,
    thread: JoinHandle<()>,
}

impl Full<'_> {
    /// Gives back all that was taken.
    pub(crate) fn make_room(self) -> Result<()> {
        drop(self.end);
        self.thread.join().map_err(|_panic| anyhow!("the disk was not kept full"))?;
        Ok(fs::remove_file(self.disk.filler())?)
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        match &self.how {
            // Lazily: a browser that is just ending may still hold files of it.
            How::Mounted => drop(Command::new("umount").arg("--lazy").arg(&self.at).output()),
            How::Linked { link } => {
                let _left = fs::remove_dir_all(&self.at);
                let _link = fs::remove_file(link).and_then(|()| fs::create_dir(link));
            }
        }
    }
}

fn may_unshare() -> bool {
    let tried = Command::new("unshare").args(["--user", "--map-root-user", "--mount", "true"]).output();
    tried.is_ok_and(|tried| tried.status.success())
}

/// With links, times and rights: a profile is more than its bytes.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    let copied = Command::new("cp").arg("-a").arg(from.join(".")).arg(to).output()?;
    ensure!(copied.status.success(), "cp: {}", String::from_utf8_lossy(&copied.stderr));
    Ok(())
}

/// Bytes that a folder takes, as the system counts them.
fn bytes_in(folder: &Path) -> Result<u64> {
    number_of(Command::new("du").args(["--summarize", "--block-size=1"]).arg(folder))
}

fn size_of(disk: &Path) -> Result<u64> {
    number_of(Command::new("stat").args(["--file-system", "--format=%b"]).arg(disk))?
        .checked_mul(number_of(Command::new("stat").args(["--file-system", "--format=%S"]).arg(disk))?)
        .context("a disk without a size")
}

/// The number that a program's answer begins with.
fn number_of(command: &mut Command) -> Result<u64> {
    let said = command.output()?;
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    let number = said.split_whitespace().next().context("nothing said")?;
    Ok(number.parse()?)
}
