//! The demo: the packed extension at work on the market.
//!
//! With a display, a browser window that stays until the person at it is done. Without one, pictures of every screen
//! and a table of what was drawn on the first rows.

#![allow(clippy::print_stdout, reason = "a program that tells what it shows")]

use crate::browser::{Beside, Browser, Install, Kind, Setup, Subject, Window};
use crate::look::{self, Theme};
use crate::package::target;
use crate::probe::{self, Host, Node};
use crate::{input, process, wait};
use anyhow::{Context, Result, bail, ensure};
use std::path::PathBuf;
use std::time::{Duration, Instant};
use thirtyfour::Key;
use tokio::io::AsyncReadExt as _;
use wagelight_market::{Market, Options};

/// As many rows as the table tells: those of the site's first page.
const ROWS: usize = 20;
/// How long a screen may take; one that does not come is told, and the next one tried.
const PATIENCE: Duration = Duration::from_secs(10);
const LIST: &str = "https://worker.mturk.com/projects?page_size=20";

/// Shows the extension in a window, or takes pictures of it.
pub fn run() -> Result<()> {
    let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| kind.is_installed()).collect();
    ensure!(!kinds.is_empty(), "no browser is installed");
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    if has_display() { runtime.block_on(show(&kinds)) } else { runtime.block_on(picture_all(&kinds)) }
}

fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

async fn start(kind: Kind, beside: Beside, window: Window) -> Result<(Market, Browser)> {
    let market = Market::start(Options::default()).await?;
    let (subject, install) = (Subject::Wagelight, Install::Temporary);
    let setup = Setup { market_port: market.port(), subject, install, beside, window };
    let browser = Browser::start(kind, setup).await?;
    Ok((market, browser))
}

/// A window, until Enter or Ctrl-C is pressed or the window is closed.
async fn show(kinds: &[Kind]) -> Result<()> {
    let kind = *kinds.first().context("no browser")?;
    let (_market, browser) = start(kind, Beside::Nothing, Window::Shown).await?;
    browser.goto(LIST).await?;
    println!("{kind} shows the extension on an invented list of tasks. Nothing of it is on the network.");
    println!("Press Enter here, or close the window, to end.");
    tokio::select! {
        () = enter() => {}
        _ = tokio::signal::ctrl_c() => {}
        () = end_of(browser.process()) => {}
    }
    if process::is_running(browser.process()) {
        browser.close().await?;
    }
    Ok(())
}

/// Comes when a line was typed; never where nobody can type.
async fn enter() {
    let mut typed = [0_u8; 1];
    if !matches!(tokio::io::stdin().read(&mut typed).await, Ok(1..)) {
        std::future::pending::<()>().await;
    }
}

/// Comes when a process has ended.
async fn end_of(process: u32) {
    let day = Duration::from_hours(24);
    // An error would mean a day has passed: then it may end, too.
    let _ = wait::until_within(day, "the window to be closed", async || {
        Ok((!process::is_running(process)).then_some(()))
    })
    .await;
}

async fn picture_all(kinds: &[Kind]) -> Result<()> {
    let began = Instant::now();
    let folder = target().join("demo");
    std::fs::create_dir_all(&folder)?;
    let folder = folder.canonicalize()?;
    let mut missing = Vec::new();
    for (number, &kind) in kinds.iter().enumerate() {
        let mut gallery = Gallery { kind, folder: folder.clone(), pictures: Vec::new(), missing: Vec::new() };
        gallery.take(number == 0).await?;
        println!("\n{kind}:");
        for picture in &gallery.pictures {
            println!("  {}", picture.display());
        }
        missing.extend(gallery.missing);
    }
    println!("\n{} s", began.elapsed().as_secs());
    for what in &missing {
        println!("missing: {what}");
    }
    ensure!(missing.is_empty(), "{} screens did not come as they should", missing.len());
    Ok(())
}

/// The pictures of one browser.
struct Gallery {
    kind: Kind,
    folder: PathBuf,
    pictures: Vec<PathBuf>,
    missing: Vec<String>,
}

impl Gallery {
    async fn take(&mut self, tells_table: bool) -> Result<()> {
        let (_market, browser) = start(self.kind, Beside::Probe, Window::Hidden).await?;
        browser.only_one_tab().await?;
        look::usual_view(&browser).await?;
        look::theme(&browser, Theme::Light).await?;
        self.shoot(&browser, "list-light", list(&browser, LIST, "desktop")).await;
        if tells_table {
            println!("{}", table(&browser).await?);
        }
        self.shoot(&browser, "card", card(&browser)).await;
        self.shoot(&browser, "rating", rating(&browser)).await;
        look::theme(&browser, Theme::Dark).await?;
        self.shoot(&browser, "list-dark", async { input::press(&browser, Key::Escape + "").await }).await;
        self.shoot(&browser, "card-dark", card(&browser)).await;
        look::theme(&browser, Theme::Light).await?;
        let queue = "https://worker.mturk.com/tasks";
        self.shoot(&browser, "queue", list(&browser, queue, "desktop")).await;
        look::view(&browser, 500, 100).await?;
        self.shoot(&browser, "narrow", list(&browser, LIST, "mobile")).await;
        look::usual_view(&browser).await?;
        list(&browser, LIST, "desktop").await?;
        browser.new_tab().await?;
        look::view(&browser, 360, 200).await?;
        self.shoot(&browser, "popup", popup(&browser)).await;
        look::usual_view(&browser).await?;
        self.shoot(&browser, "options", own_page(&browser, "pages/options.html")).await;
        browser.close().await
    }

    /// Brings a screen about and takes its picture; where it does not come, the picture shows what came instead.
    async fn shoot(&mut self, browser: &Browser, name: &str, screen: impl Future<Output = Result<()>>) {
        let path = self.folder.join(format!("{}-{name}.png", self.kind));
        let outcome = screen.await;
        let saved = browser.screenshot(&path).await;
        match outcome.and(saved) {
            Ok(()) => self.pictures.push(path),
            Err(error) => {
                self.missing.push(format!("{}, {name}: {error:#} (see {})", self.kind, path.display()));
            }
        }
    }
}

/// Goes to a list and waits for two chips on every row.
async fn list(browser: &Browser, url: &str, variant: &str) -> Result<()> {
    browser.goto(url).await?;
    seen(browser, "two chips on every row", |hosts| {
        let rows = hosts.iter().filter_map(|host| host.row).max().context("no chip yet")? + 1;
        let chips = hosts.iter().filter(|host| host.row.is_some());
        let ready = chips.filter(|host| host.visible && host.variant.as_deref() == Some(variant)).count();
        ensure!(ready == 2 * rows, "{ready} chips on {rows} rows");
        Ok(())
    })
    .await
}

/// Opens the card of the third row with a press on its pay chip.
async fn card(browser: &Browser) -> Result<()> {
    let hosts = probe::read(browser).await?;
    let chip = hosts.iter().find(|host| host.row == Some(2) && is_in(host, "project-name-column"));
    let button = chip.and_then(|host| host.all().find(|node| node.role.as_deref() == Some("button")));
    input::click(browser, button.context("no pay chip on the third row")?.number).await?;
    seen(browser, "a card", |hosts| in_card(&hosts, |_| true).map(drop)).await
}

/// Presses "again" in the open card and waits until the chip says so.
async fn rating(browser: &Browser) -> Result<()> {
    let hosts = probe::read(browser).await?;
    let key =
        in_card(&hosts, |node| node.role.as_deref() == Some("button") && node.name.starts_with("again"))?;
    input::click(browser, key.number).await?;
    seen(browser, "the rating on the row", |hosts| {
        let on_row = |host: &&Host| host.row == Some(2) && is_in(host, "requester-column");
        let chip = hosts.iter().find(on_row).context("no requester chip")?;
        ensure!(chip.text().contains("you: again"), "it says {:?}", chip.text());
        Ok(())
    })
    .await
}

/// The popup as it says what the list in the other tab is: a browser's own popup can be in no picture.
async fn popup(browser: &Browser) -> Result<()> {
    browser.goto(&browser.extension_url("pages/popup.html")).await?;
    let script =
        "chrome.tabs.query({ url: 'https://worker.mturk.com/*' }).then((tabs) => arguments[0](tabs[0]?.id))";
    let tab = browser.execute_async(script, vec![]).await?;
    own_page(browser, &format!("pages/popup.html?tab={tab}")).await
}

/// Goes to a page of the extension and waits until it says something.
async fn own_page(browser: &Browser, path: &str) -> Result<()> {
    browser.goto(&browser.extension_url(path)).await?;
    wait::until_within(PATIENCE, "the page to say something", async || {
        let body = probe::body(browser).await?;
        let says = body.all().any(|node| node.visible && !node.text.is_empty());
        Ok(says.then_some(()))
    })
    .await
}

/// A node of what is drawn on the page, but on no row.
fn in_card(hosts: &[Host], wanted: impl Fn(&Node) -> bool) -> Result<&Node> {
    let open = hosts.iter().filter(|host| host.row.is_none() && host.visible);
    let mut nodes = open.flat_map(Host::all).filter(|node| node.visible);
    nodes.find(|node| wanted(node)).context("it is not there")
}

fn is_in(host: &Host, column: &str) -> bool {
    host.column.iter().any(|class| class == column)
}

async fn seen(browser: &Browser, what: &str, mut judge: impl FnMut(Vec<Host>) -> Result<()>) -> Result<()> {
    wait::until_within(PATIENCE, what, async || judge(probe::read(browser).await?).map(Some)).await
}

/// What was drawn on the first rows, beside their titles.
async fn table(browser: &Browser) -> Result<String> {
    let titles = browser
        .execute(
            "return [...document.querySelectorAll('.table-row .desktop-row .project-name')].map((e) => e.textContent)",
            vec![],
        )
        .await?;
    let titles: Vec<String> = serde_json::from_value(titles)?;
    let hosts = probe::read(browser).await?;
    if titles.is_empty() {
        bail!("the market drew no rows");
    }
    let chip = |row: usize, column: &str| {
        let host = hosts.iter().find(|host| host.row == Some(row) && is_in(host, column));
        host.map_or_else(|| "-".to_owned(), Host::text)
    };
    let line = |row: &str, title: &str, pay: &str, requester: &str| {
        format!("{row:>3}  {}  {}  {requester}", in_columns(title, 48), in_columns(pay, 40))
    };
    let mut lines = vec![line("row", "title", "pay chip", "requester chip")];
    for (row, title) in titles.iter().enumerate().take(ROWS) {
        let (pay, requester) = (chip(row, "project-name-column"), chip(row, "requester-column"));
        lines.push(line(&row.to_string(), title, &pay, &requester));
    }
    Ok(lines.join("\n"))
}

/// A text cut and filled up to so many columns of a terminal.
fn in_columns(text: &str, columns: usize) -> String {
    let wide = |c: char| {
        if matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{1f300}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}')
        {
            2
        } else {
            1
        }
    };
    let taken = |text: &str| text.chars().map(wide).sum::<usize>();
    if taken(text) <= columns {
        return format!("{text}{}", " ".repeat(columns - taken(text)));
    }
    let mut used = 1; // The ellipsis.
    let fits = |c: &char| {
        used += wide(*c);
        used <= columns
    };
    let cut: String = text.chars().take_while(fits).collect();
    let filled = columns - 1 - taken(&cut);
    format!("{cut}…{}", " ".repeat(filled))
}

#[cfg(test)]
mod tests {
    use super::in_columns;

    #[test]
    fn texts_of_any_script_take_their_columns() {
        assert_eq!(in_columns("abc", 5), "abc  ");
        assert_eq!(in_columns("abcdef", 5), "abcd…");
        assert_eq!(in_columns("調査", 5), "調査 ");
        assert_eq!(in_columns("調査調査", 5), "調査…");
    }
}
