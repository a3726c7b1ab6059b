//! A worker looks at the popup, sets the options and writes a note.

use crate::browser::{Install, Kind, Subject};
use crate::journey::{Journey, Matrix};
use crate::look::{self, Theme};
use crate::probe::{self, Node};
use crate::world::World;
use crate::{input, wait};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::{Key, TypingData, WindowHandle};

pub(crate) fn journeys() -> Vec<Journey> {
    let journey = |name, run| Journey {
        name,
        subject: Subject::Wagelight,
        install: Install::Temporary,
        matrix: Matrix::Whole,
        run,
    };
    vec![
        journey("the_popup_says_what_the_page_is", |world| Box::pin(the_popup_says_what_the_page_is(world))),
        journey("options_are_saved_at_once", |world| Box::pin(options_are_saved_at_once(world))),
        journey("a_note_is_written_in_its_own_window", |world| {
            Box::pin(a_note_is_written_in_its_own_window(world))
        }),
    ]
}

/// The page's visible text, in reading order.
pub(super) fn text(body: &Node) -> String {
    let seen = body.all().filter(|node| node.visible && !node.text.is_empty());
    seen.map(|node| node.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Waits until the page says `words`.
pub(super) async fn says(world: &World, words: &str) -> Result<Node> {
    wait::until(&format!("the page to say {words:?}"), async || {
        let body = probe::body(&world.browser).await?;
        let text = text(&body);
        ensure!(text.contains(words), "it says {text:?}");
        Ok(Some(body))
    })
    .await
}

/// The control of this role whose accessible name contains `name`.
fn control<'a>(body: &'a Node, role: &str, name: &str) -> Result<&'a Node> {
    let found = body.all().find(|node| node.visible && node.is(role, name));
    found.with_context(|| format!("no {role} {name:?} in {:?}", text(body)))
}

pub(super) async fn click(world: &World, role: &str, name: &str) -> Result<()> {
    let body = probe::body(&world.browser).await?;
    input::click(&world.browser, control(&body, role, name)?.number).await
}

/// Puts a text into a control in place of what stands there, by keys.
pub(super) async fn write(world: &World, role: &str, name: &str, words: &str) -> Result<()> {
    click(world, role, name).await?;
    chord(world, Key::Control + "a").await?;
    input::press(&world.browser, words).await
}

/// Presses keys of which the first stays down; where single keys go, each is released before the next.
async fn chord(world: &World, keys: impl Into<TypingData>) -> Result<()> {
    Ok(world.browser.driver()?.active_element().await?.send_keys(keys).await?)
}

/// Asks the background as a page of the extension does; the tab must show one.
pub(super) async fn ask(world: &World, ask: Value) -> Result<Value> {
    let script = "chrome.runtime.sendMessage({ t: 'ask', ask: arguments[0] }).then(arguments[1])";
    world.browser.execute_async(script, vec![ask]).await
}

/// Nothing is cut off or scrolls sideways, at the least width and enlarged.
pub(super) async fn fits(world: &World, width: u32, name: &str) -> Result<()> {
    for (theme, word) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        look::theme(&world.browser, theme).await?;
        look::view(&world.browser, width, 200).await?;
        let wide: bool =
            world.page("return document.documentElement.scrollWidth > window.innerWidth").await?;
        ensure!(!wide, "{name} scrolls sideways at {width} pixels");
        probe::accessible(&world.browser).await.with_context(|| format!("{name}, {word}, narrow"))?;
        world.picture(&format!("{name}_{word}_{width}")).await?;
        look::usual_view(&world.browser).await?;
        probe::accessible(&world.browser).await.with_context(|| format!("{name}, {word}"))?;
        world.picture(&format!("{name}_{word}")).await?;
    }
    look::theme(&world.browser, Theme::Light).await
}

/// The browser's number of the tab that shows the site.
async fn site_tab(world: &World) -> Result<u64> {
    let script = "chrome.tabs.query({ url: 'https://worker.mturk.com/*' }).then((tabs) => arguments[0](tabs.map((tab) => tab.id)))";
    let tabs: Vec<u64> = serde_json::from_value(world.browser.execute_async(script, vec![]).await?)?;
    ensure!(tabs.len() == 1, "{tabs:?} show the site");
    tabs.first().copied().context("no tab shows the site")
}

async fn the_popup_says_what_the_page_is(world: &mut World) -> Result<()> {
    world.step("open the list").await?;
    world.open("/projects?page_size=20").await?;
    super::list::see_chips(world, 20, "desktop").await?;
    let list = world.browser.driver()?.window().await?;

    world.step("the popup beside a page that is none of a site").await?;
    let popup = world.browser.new_tab().await?;
    world.open_extension("pages/popup.html").await?;
    says(world, "Not a site Wagelight reads. It reads the task lists and the queue of: worker.mturk.com")
        .await?;
    fits(world, 360, "popup_elsewhere").await?;
    let tab = site_tab(world).await?;

    world.step("the popup of the list").await?;
    world.open_extension(&format!("pages/popup.html?tab={tab}")).await?;
    let body = says(world, "Read 20 tasks on this list; 20 rows shown.").await?;
    let best = body.all().filter(|node| {
        node.tag == "button" && node.attributes.get("title").is_some_and(|title| title == "Show this row")
    });
    ensure!((1..=5).contains(&best.count()), "not one to five best rows: {:?}", text(&body));
    fits(world, 360, "popup_list").await?;

    world.step("go to the best row, by keys").await?;
    press_until_focused(world, "button", "/min").await?;
    input::press(&world.browser, Key::Enter + "").await?;
    let active = "chrome.tabs.get(arguments[0]).then((tab) => arguments[1](tab.active))";
    wait::until("the list to come to the front", async || {
        Ok((world.browser.execute_async(active, vec![json!(tab)]).await? == json!(true)).then_some(()))
    })
    .await?;

    world.step("switch the site off and on").await?;
    world.browser.switch_to(&popup).await?;
    click(world, "button", "Switch off for this site").await?;
    says(world, "Switched off for this site.").await?;
    world.browser.switch_to(&list).await?;
    probe::read_until(&world.browser, "nothing of ours on the list", |hosts| {
        ensure!(hosts.is_empty(), "{} hosts", hosts.len());
        Ok(())
    })
    .await?;
    world.browser.switch_to(&popup).await?;
    world.step("switch it on again").await?;
    click(world, "button", "Switch on for this site").await?;
    says(world, "Read 20 tasks on this list").await?;
    world.browser.switch_to(&list).await?;
    super::list::see_chips(world, 20, "desktop").await.map(drop)
}

/// Presses Tab until the focus is on the control.
pub(super) async fn press_until_focused(world: &World, role: &str, name: &str) -> Result<()> {
    for _ in 0..60 {
        input::press(&world.browser, Key::Tab + "").await?;
        let body = probe::body(&world.browser).await?;
        if body.all().any(|node| node.focused && node.is(role, name)) {
            return Ok(());
        }
    }
    anyhow::bail!("Tab never reaches {role} {name:?}")
}

/// Waits until the focus is on the control.
async fn focused(world: &World, role: &str, name: &str) -> Result<()> {
    wait::until(&format!("the focus to be on {name:?}"), async || {
        let body = probe::body(&world.browser).await?;
        Ok(body.all().any(|node| node.focused && node.is(role, name)).then_some(()))
    })
    .await
}

async fn options_are_saved_at_once(world: &mut World) -> Result<()> {
    world.step("open the options").await?;
    world.open_extension("pages/options.html").await?;
    says(world, "Nothing is blocked.").await?;
    says(world, "What leaves this machine Nothing.").await?;

    world.step("a limit that is none").await?;
    write(world, "textbox", "Good from", "a lot").await?;
    input::press(&world.browser, Key::Tab + "").await?;
    says(world, "Write a number, such as 0.15.").await?;
    world.picture("options_error").await?;
    probe::accessible(&world.browser).await?;

    world.step("a limit that is one").await?;
    write(world, "textbox", "Good from", "0.2").await?;
    input::press(&world.browser, Key::Enter + "").await?;
    says(world, "Saved: fair from 0.12, good from 0.20 per minute.").await?;

    world.step("per hour, by keys").await?;
    world.open_extension("pages/options.html").await?;
    says(world, "Show pay").await?;
    press_until_focused(world, "radio", "per minute").await?;
    input::press(&world.browser, Key::Down + "").await?;
    says(world, "Saved: pay per hour.").await?;
    let settings = ask(world, json!({ "ask": "settings_get" })).await?;
    let settings = settings.get("settings").context("no settings")?;
    ensure!(settings.get("unit") == Some(&json!("hour")), "{settings}");
    let good = settings.pointer("/limits/USD/good_micros");
    ensure!(good == Some(&json!(200_000)), "{settings}");

    world.step("search the block list").await?;
    for (id, name) in
        [("A00ANNLAB0000", "Ann Lab"), ("A00BOBDATA000", "Bob Data <b>"), ("A00KENKYU0000", "研究室")]
    {
        let block = json!({ "ask": "block", "site": "mturk", "requester_id": id, "requester_name": name, "reason": "broken" });
        let answer = ask(world, block).await?;
        ensure!(answer.get("is") == Some(&json!("saved")), "{answer}");
    }
    says(world, "3 entries.").await?;
    fits(world, 320, "options").await?;
    write(world, "searchbox", "Search", "bob").await?;
    says(world, "1 of 3 entries match.").await?;

    world.step("unblock and undo, by keys").await?;
    press_until_focused(world, "button", "Unblock Bob Data <b>, all tasks").await?;
    input::press(&world.browser, Key::Enter + "").await?;
    says(world, "0 of 2 entries match.").await?;
    focused(world, "button", "Undo").await?;
    input::press(&world.browser, Key::Enter + "").await?;
    says(world, "1 of 3 entries match.").await?;

    world.step("all of it is still there").await?;
    world.open_extension("pages/options.html").await?;
    says(world, "3 entries of the block list").await?;
    let body = says(world, "3 entries.").await?;
    control(&body, "textbox", "Good from")?;
    let good: String = world.page("return document.querySelector('#good-USD').value").await?;
    ensure!(good == "12.00", "good from {good}");
    Ok(())
}

/// Closes the note's window and gives its address: chromedriver sees no window that opens with a page of an extension.
const OUT_OF_ITS_WINDOW: &str = r"
    const done = arguments[0];
    const out = async () => {
        const windows = await chrome.windows.getAll({ windowTypes: ['popup'], populate: true });
        const note = windows.find(({ tabs }) => tabs?.[0]?.url?.includes('/pages/note.html?'));
        if (!note) return setTimeout(out, 15);
        await chrome.windows.remove(note.id);
        done(note.tabs[0].url);
    };
    out();
";

/// Opens the note's window as a card does, and goes into it.
async fn open_note(world: &World, home: &WindowHandle) -> Result<()> {
    let open = json!({ "ask": "open_note", "site": "mturk", "requester_id": "A00ANNLAB0000", "requester_name": "Ann Lab" });
    let answer = ask(world, open).await?;
    ensure!(answer.get("is") == Some(&json!("opened")), "{answer}");
    if world.browser.kind() == Kind::Chromium {
        let url = world.browser.execute_async(OUT_OF_ITS_WINDOW, vec![]).await?;
        world.browser.new_tab().await?;
        world.browser.goto(url.as_str().context("the note has no address")?).await?;
    } else {
        let note = wait::until("the note's window", async || {
            let windows = world.browser.driver()?.windows().await?;
            Ok(windows.into_iter().find(|window| window != home))
        })
        .await?;
        world.browser.switch_to(&note).await?;
    }
    says(world, "Your note on Ann Lab").await.map(drop)
}

async fn closed(world: &World, home: &WindowHandle) -> Result<()> {
    wait::until("the note's window to close", async || {
        let windows = world.browser.driver()?.windows().await?;
        ensure!(windows.len() == 1, "{} windows", windows.len());
        Ok(Some(()))
    })
    .await?;
    world.browser.switch_to(home).await
}

async fn a_note_is_written_in_its_own_window(world: &mut World) -> Result<()> {
    world.step("open the window").await?;
    world.open_extension("pages/options.html").await?;
    says(world, "Nothing is blocked.").await?;
    let home = world.browser.driver()?.window().await?;
    open_note(world, &home).await?;
    fits(world, 320, "note").await?;

    world.step("write").await?;
    click(world, "textbox", "Note, for you alone").await?;
    input::press(&world.browser, "Paid after two weeks.").await?;
    says(world, "21 of 500 characters").await?;

    world.step("Escape asks first").await?;
    input::press(&world.browser, Key::Escape + "").await?;
    says(world, "The note is not saved. Close without it?").await?;
    world.picture("note_unsaved").await?;
    probe::accessible(&world.browser).await?;
    input::press(&world.browser, Key::Enter + "").await?;
    focused(world, "textbox", "Note, for you alone").await?;

    world.step("a key is saved at once").await?;
    click(world, "button", "never").await?;
    says(world, "Rating saved.").await?;

    world.step("save by keys").await?;
    click(world, "textbox", "Note, for you alone").await?;
    chord(world, Key::Control + Key::Enter).await?;
    closed(world, &home).await?;
    let rating =
        ask(world, json!({ "ask": "rating_get", "site": "mturk", "requester_id": "A00ANNLAB0000" })).await?;
    ensure!(rating.pointer("/rating/note") == Some(&json!("Paid after two weeks.")), "{rating}");
    ensure!(rating.pointer("/rating/brief/again") == Some(&json!("never")), "{rating}");

    world.step("it is there again").await?;
    open_note(world, &home).await?;
    says(world, "21 of 500 characters").await?;
    input::press(&world.browser, Key::Escape + "").await?;
    closed(world, &home).await
}
