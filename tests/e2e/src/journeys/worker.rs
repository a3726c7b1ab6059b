//! What a worker does on a list and sees of ours: chips, the card, its keys.

use crate::browser::Browser;
use crate::input;
use crate::probe::{self, Host, Node, Rect};
use crate::world::World;
use anyhow::{Context, Result, ensure};
use wagelight_market::{Group, Listing, invented_listing};

/// As many rows as the site shows at first.
pub(crate) const ROWS: usize = 20;

/// The rows of one requester in [`groups`].
pub(crate) const OF_ONE: [usize; 3] = [2, 9, 15];

/// Twenty groups, of which three are by one requester.
pub(crate) fn groups() -> Result<Vec<Group>> {
    let mut groups = invented_listing(ROWS, 1, 1_700_000_000);
    let [first, others @ ..] = OF_ONE;
    let one = groups.get(first).context("too few groups")?.clone();
    for other in others {
        let group = groups.get_mut(other).context("too few groups")?;
        group.requester_id.clone_from(&one.requester_id);
        group.requester_name.clone_from(&one.requester_name);
        group.requester_url.clone_from(&one.requester_url);
        group.requester_info = one.requester_info.clone();
    }
    Ok(groups)
}

/// The market lists these groups from now on.
pub(crate) fn list(world: &mut World, groups: &[Group]) -> Result<()> {
    let listing = Listing::Custom(serde_json::to_value(groups)?);
    world.market_behaves(|behaviour| behaviour.listing = listing);
    Ok(())
}

/// The one chip of a row with this class: `pay` or `requester`.
pub(crate) fn chip<'a>(hosts: &'a [Host], row: usize, class: &str) -> Result<&'a Node> {
    let has = |node: &Node, class: &str| node.classes.iter().any(|one| one == class);
    let on_row = hosts.iter().filter(|host| host.row == Some(row));
    let mut chips = on_row.flat_map(Host::all).filter(|node| has(node, "chip") && has(node, class));
    let chip = chips.next().with_context(|| format!("row {row} has no {class} chip"))?;
    ensure!(chips.next().is_none(), "row {row} has more than one {class} chip");
    Ok(chip)
}

/// All visible text of a chip.
pub(crate) fn says(node: &Node) -> String {
    let texts = node.all().filter(|node| !node.text.is_empty()).map(|node| node.text.as_str());
    texts.collect::<Vec<_>>().join(" ")
}

/// The open card.
pub(crate) fn card(hosts: &[Host]) -> Option<&Node> {
    hosts.iter().flat_map(Host::all).find(|node| node.role.as_deref() == Some("dialog") && node.visible)
}

/// The button of exactly this name.
pub(crate) fn key<'a>(tree: &'a Node, name: &str) -> Result<&'a Node> {
    let found = tree.all().find(|node| node.role.as_deref() == Some("button") && node.name == name);
    found.with_context(|| format!("no button {name:?} in {}", says(tree)))
}

/// Whether a key is pressed in, as a screen reader is told.
pub(crate) fn is_pressed(tree: &Node, name: &str) -> Result<bool> {
    Ok(key(tree, name)?.attributes.get("aria-pressed").map(String::as_str) == Some("true"))
}

/// Waits for an open card that `judge` is content with.
pub(crate) async fn card_until(
    browser: &Browser,
    what: &str,
    judge: impl Fn(&Node) -> Result<()>,
) -> Result<Node> {
    probe::read_until(browser, what, |hosts| {
        let card = card(&hosts).context("no card is open")?;
        judge(card)?;
        Ok(card.clone())
    })
    .await
}

/// Waits until no card is open.
pub(crate) async fn no_card(browser: &Browser) -> Result<Vec<Host>> {
    probe::read_until(browser, "the card to close", |hosts| {
        ensure!(card(&hosts).is_none(), "it is open");
        Ok(hosts)
    })
    .await
}

/// Clicks the pay chip of a row and waits for the card that holds the focus.
pub(crate) async fn open_card(browser: &Browser, row: usize) -> Result<Node> {
    let hosts = probe::read(browser).await?;
    input::click(browser, chip(&hosts, row, "pay")?.number).await?;
    card_until(browser, "a click on a chip to open the card", |card| {
        ensure!(card.all().any(|node| node.focused), "the card has no focus");
        Ok(())
    })
    .await
}

/// Clicks a key of the open card.
pub(crate) async fn press_key(browser: &Browser, name: &str) -> Result<()> {
    let hosts = probe::read(browser).await?;
    let card = card(&hosts).context("no card is open")?;
    input::click(browser, key(card, name)?.number).await
}

/// Clicks a key of the open card and waits until the card says that it was done.
pub(crate) async fn press_and_save(browser: &Browser, name: &str, done: &str) -> Result<Node> {
    press_key(browser, name).await?;
    card_until(browser, &format!("{name:?} to be saved"), |card| {
        let text = says(card);
        ensure!(text.contains(done), "the card says: {text}");
        Ok(())
    })
    .await
}

/// Waits until the requester chip of each of these rows says `word`, or where it is `None`, nothing of the worker's own.
pub(crate) async fn rows_say(browser: &Browser, rows: &[usize], word: Option<&str>) -> Result<()> {
    probe::read_until(browser, &format!("rows {rows:?} to say {word:?}"), |hosts| {
        for row in rows {
            let text = says(chip(&hosts, *row, "requester")?);
            match word {
                Some(word) => ensure!(text.contains(word), "row {row} says {text:?}"),
                None => ensure!(!text.contains("you:"), "row {row} says {text:?}"),
            }
        }
        Ok(())
    })
    .await
}

/// Fails when the card lies over a control with which work is accepted.
pub(crate) async fn ensure_controls_free(world: &World, card: &Node) -> Result<()> {
    let script =
        "return [...document.querySelectorAll('.work-btn, a[href*=\"accept_random\"], a[href*=\"/tasks/\"]')]
        .map((one) => one.getBoundingClientRect()).filter((box) => box.width > 0)
        .map(({ x, y, width, height }) => ({ x, y, width, height }))";
    let controls: Vec<Rect> = world.page(script).await?;
    ensure!(!controls.is_empty(), "the page shows no control that accepts work");
    let meet = |a: &Rect, b: &Rect| {
        a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
    };
    let covered: Vec<&Rect> = controls.iter().filter(|control| meet(control, &card.rect)).collect();
    ensure!(covered.is_empty(), "the card at {:?} covers {covered:?}", card.rect);
    Ok(())
}

/// Lets a timer of the page that is longer than any of ours run out: what was to come by itself has come then.
pub(crate) async fn let_timers_pass(browser: &Browser) -> Result<()> {
    browser.execute_async("setTimeout(arguments[0], 700)", vec![]).await.map(drop)
}
