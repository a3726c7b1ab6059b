//! The driver processes: a port of their own, and an end that leaves nothing behind.

use crate::wait;
use anyhow::{Context, Result};
use rustix::process::{Pid, Signal};
use std::fs::File;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A running chromedriver or geckodriver, alone in its process group.
#[derive(Debug)]
pub(crate) struct DriverProcess {
    child: Child,
    port: u16,
    log: PathBuf,
}

impl DriverProcess {
    /// Starts a driver that chooses its own free port and reads the port from what it prints.
    ///
    /// `announced` is the text that stands before the port in that line.
    pub(crate) async fn start(command: &mut Command, announced: &str, log: PathBuf) -> Result<Self> {
        let out = File::create(&log)?;
        let child = command
            .stdin(Stdio::null())
            .stderr(out.try_clone()?)
            .stdout(out)
            .process_group(0)
            .spawn()
            .with_context(|| format!("{} does not start", command.get_program().display()))?;
        let mut driver = Self { child, port: 0, log };
        driver.port = wait::until("the driver to say its port", async || {
            let printed = std::fs::read_to_string(&driver.log)?;
            Ok(port_after(&printed, announced))
        })
        .await?;
        Ok(driver)
    }

    /// The address `WebDriver` commands go to.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// What driver (and in Firefox also browser) printed.
    pub(crate) fn log(&self) -> &Path {
        &self.log
    }
}

impl Drop for DriverProcess {
    fn drop(&mut self) {
        if let Some(group) = pid(self.child.id()) {
            // Already gone is what we want.
            let _ = rustix::process::kill_process_group(group, Signal::KILL);
        }
        let _ = self.child.wait();
    }
}

/// Kills a process and all it has started without a chance to clean up, and waits until they are gone.
pub(crate) async fn kill_family(process: u32) -> Result<()> {
    let family = family(process);
    pid(process).context("no such process id")?;
    // The eldest first: it would start anew what it sees dying.
    for member in &family {
        kill_now(*member);
    }
    wait::until("killed processes to be gone", async || {
        Ok((!family.iter().any(|member| is_running(*member))).then_some(()))
    })
    .await
}

/// A process and all it has started, each behind its parent.
pub(crate) fn family(process: u32) -> Vec<u32> {
    let all: Vec<(u32, u32)> = std::fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter_map(|process| Some((process, parent(process)?)))
        .collect();
    let mut family = vec![process];
    let mut at = 0;
    while let Some(elder) = family.get(at).copied() {
        family.extend(all.iter().filter(|(_, parent)| *parent == elder).map(|(process, _)| *process));
        at += 1;
    }
    family
}

fn parent(process: u32) -> Option<u32> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, rest) = stat.rsplit_once(')')?;
    rest.split_whitespace().nth(1)?.parse().ok()
}

/// Kills one process without a chance to clean up, where nobody can wait.
pub(crate) fn kill_now(process: u32) {
    if let Some(target) = pid(process) {
        // Already gone is what we want.
        let _ = rustix::process::kill_process(target, Signal::KILL);
    }
}

/// Asks a process to end, as Ctrl+C does.
pub(crate) fn interrupt(process: u32) {
    if let Some(target) = pid(process) {
        // Already gone is what we want.
        let _ = rustix::process::kill_process(target, Signal::INT);
    }
}

/// Whether a process runs. A zombie that nobody has waited for does not.
pub(crate) fn is_running(process: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The state follows the command name, which is in brackets and may hold anything.
    stat.rsplit_once(')').is_some_and(|(_, rest)| !rest.trim_start().starts_with(['Z', 'X']))
}

fn pid(process: u32) -> Option<Pid> {
    i32::try_from(process).ok().and_then(Pid::from_raw)
}

fn port_after(printed: &str, announced: &str) -> Option<u16> {
    let (_, rest) = printed.split_once(announced)?;
    let (digits, _) = rest.split_once(|c: char| !c.is_ascii_digit())?;
    digits.parse().ok()
}
