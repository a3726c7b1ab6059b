//! The crate's two wasm builds, free of any trace of the machine that made them.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, thread};

use anyhow::{Context, Result, anyhow, ensure};

const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "wasm";

/// Where the core will run; the name is the cargo feature.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Host {
    /// In the page's content script: small, no imports.
    Content,
    /// In the background and the extension's pages: everything.
    Background,
}

impl Host {
    /// The cargo feature, also the name in messages.
    pub(crate) fn feature(self) -> &'static str {
        match self {
            Self::Content => "content",
            Self::Background => "background",
        }
    }
}

/// What is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Variant {
    /// What people install.
    Shipped,
    /// The same with events that panic on purpose.
    Fault,
}

/// The folders of this build.
pub(crate) struct Workspace {
    /// The repository.
    pub(crate) root: PathBuf,
    /// Cargo's target folder.
    pub(crate) target: PathBuf,
    cargo: PathBuf,
}

impl Workspace {
    /// Finds the repository this program was built in, and the cargo that runs it.
    pub(crate) fn find() -> Result<Self> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = here.ancestors().nth(2).ok_or_else(|| anyhow!("tools/pack has no repository above"))?;
        let root = root.canonicalize().with_context(|| format!("cannot find {}", root.display()))?;
        let target =
            env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
        let cargo = env::var_os("CARGO").map_or_else(|| "cargo".into(), PathBuf::from);
        Ok(Self { root, target, cargo })
    }

    /// Writes a file and the folders above it.
    pub(crate) fn write(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        let folder = path.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
    }
}

/// Both builds, in this order: content, background.
///
/// They run side by side, each in a target folder of its own: cargo gives a cdylib the
/// same file name under every set of features, and takes another set's file for fresh.
pub(crate) fn both(workspace: &Workspace, variant: Variant) -> Result<(Vec<u8>, Vec<u8>)> {
    // Fetched first, so that the registry folders to be renamed exist.
    let mut fetch = Command::new(&workspace.cargo);
    fetch.current_dir(&workspace.root).args(["fetch", "--locked", "--quiet", "--target", TARGET]);
    run(&mut fetch)?;
    let flags = encoded_flags(workspace)?;
    thread::scope(|scope| {
        let content = scope.spawn(|| one(workspace, Host::Content, variant, &flags));
        let background = one(workspace, Host::Background, variant, &flags);
        let content = content.join().map_err(|_| anyhow!("the content build's thread panicked"))?;
        Ok((content?, background?))
    })
}

fn one(workspace: &Workspace, host: Host, variant: Variant, flags: &str) -> Result<Vec<u8>> {
    let (folder, features) = match variant {
        Variant::Shipped => (host.feature().to_owned(), host.feature().to_owned()),
        Variant::Fault => (format!("{}-fault", host.feature()), format!("{},fault", host.feature())),
    };
    let folder = workspace.target.join("wasm").join(folder);
    let mut cargo = Command::new(&workspace.cargo);
    cargo
        .current_dir(&workspace.root)
        // One crate type: with the rlib beside it cargo would leave out the link-time optimisation.
        .args(["rustc", "--locked", "--quiet", "--package", "wagelight", "--lib", "--crate-type", "cdylib"])
        .args(["--target", TARGET, "--profile", PROFILE, "--features", &features, "--target-dir"])
        .arg(&folder)
        .env("CARGO_ENCODED_RUSTFLAGS", flags)
        .env_remove("RUSTFLAGS")
        .env("CARGO_INCREMENTAL", "0");
    run(&mut cargo)?;
    let built = folder.join(TARGET).join(PROFILE).join("wagelight.wasm");
    fs::read(&built).with_context(|| format!("cannot read {}", built.display()))
}

/// Paths end up in the wasm (every panic names its source file); give them names that are
/// the same on every machine. rustc takes the last prefix that fits.
fn encoded_flags(workspace: &Workspace) -> Result<String> {
    let mut names = vec![
        (workspace.target.clone(), "/target".to_owned()),
        (workspace.root.clone(), "/wagelight".to_owned()),
        (workspace.root.join("target"), "/target".to_owned()),
    ];
    // The standard library's own paths are virtual, but with the component rust-src installed
    // rustc writes where that lies; back to the virtual ones.
    let sources = PathBuf::from(rustc(&["--print", "sysroot"])?).join("lib/rustlib/src/rust");
    names.push((sources, format!("/rustc/{}", rustc_commit()?)));
    for registry in registries()? {
        names.push((registry, "/crates".to_owned()));
    }
    let flags = names.iter().map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display()));
    Ok(flags.collect::<Vec<_>>().join("\u{1f}"))
}

/// The folders into which cargo unpacked crates; their names depend on the registry.
fn registries() -> Result<Vec<PathBuf>> {
    let unpacked = cargo_home()?.join("registry/src");
    let entries = fs::read_dir(&unpacked).with_context(|| format!("cannot read {}", unpacked.display()))?;
    let mut folders = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    folders.sort();
    Ok(folders)
}

/// Where cargo keeps its downloads.
pub(crate) fn cargo_home() -> Result<PathBuf> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    home.ok_or_else(|| anyhow!("neither CARGO_HOME nor a home folder"))
}

fn rustc_commit() -> Result<String> {
    let version = rustc(&["--version", "--verbose"])?;
    let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: "));
    commit.map(str::to_owned).ok_or_else(|| anyhow!("rustc does not name its commit"))
}

fn rustc(arguments: &[&str]) -> Result<String> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).args(arguments).output().context("cannot run rustc")?;
    ensure!(output.status.success(), "rustc {arguments:?} failed");
    Ok(String::from_utf8(output.stdout).context("rustc did not answer in text")?.trim().to_owned())
}

/// Runs a command whose own output already says what went wrong.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status =
        command.status().with_context(|| format!("cannot run {}", command.get_program().display()))?;
    ensure!(status.success(), "{} failed ({status})", command.get_program().display());
    Ok(())
}
