//! What a test sees of the extension: everything drawn in closed shadow roots, read through the probe.

use crate::browser::Browser;
use crate::wait;
use anyhow::{Context, Result, anyhow, bail};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// A rectangle in CSS pixels, relative to the viewport.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub(crate) struct Rect {
    /// Left edge.
    pub(crate) x: f64,
    /// Upper edge.
    pub(crate) y: f64,
    /// Width.
    pub(crate) width: f64,
    /// Height.
    pub(crate) height: f64,
}

/// An element of the page with a shadow root.
#[derive(Debug, Clone, Deserialize)]
#[allow(dead_code, reason = "the probe tells all it sees; journeys read what they judge, people the rest")]
pub(crate) struct Host {
    /// What the probe calls this element; the same as long as the element lives.
    pub(crate) number: u32,
    /// Which row it stands in, counted from 0.
    pub(crate) row: Option<usize>,
    /// The group that the row's own links name; a row that cannot be accepted may name none.
    pub(crate) group: Option<String>,
    /// The requester that the row's own links name.
    pub(crate) requester: Option<String>,
    /// "desktop" or "mobile".
    pub(crate) variant: Option<String>,
    /// The classes of the column it stands in.
    pub(crate) column: Vec<String>,
    /// In lower case.
    pub(crate) tag: String,
    /// Of the host itself: what the page can read.
    pub(crate) attributes: BTreeMap<String, String>,
    /// Where it is.
    #[serde(rename = "box")]
    pub(crate) rect: Rect,
    /// Whether a person can see anything in it; the host itself may take no room.
    pub(crate) visible: bool,
    /// Whether the page cannot open the root.
    pub(crate) closed: bool,
    /// What is drawn in it.
    pub(crate) nodes: Vec<Node>,
}

impl Host {
    /// All nodes, in reading order.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Node> {
        self.nodes.iter().flat_map(Node::all)
    }

    /// The visible text, in reading order.
    pub(crate) fn text(&self) -> String {
        let seen = self.all().filter(|node| node.visible && !node.text.is_empty());
        seen.map(|node| node.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// An element in a shadow root or in a page of the extension.
#[derive(Debug, Clone, Deserialize)]
#[allow(dead_code, reason = "the probe tells all it sees; journeys read what they judge, people the rest")]
pub(crate) struct Node {
    /// What the probe calls this element; the same as long as the element lives.
    pub(crate) number: u32,
    /// In lower case.
    pub(crate) tag: String,
    /// The role, given or by tag.
    pub(crate) role: Option<String>,
    /// The accessible name.
    pub(crate) name: String,
    /// Its own text, without that of its children.
    pub(crate) text: String,
    /// Its classes.
    pub(crate) classes: Vec<String>,
    /// Its attributes.
    pub(crate) attributes: BTreeMap<String, String>,
    /// Where it is.
    #[serde(rename = "box")]
    pub(crate) rect: Rect,
    /// Whether a person can see it.
    pub(crate) visible: bool,
    /// Whether Tab reaches it.
    pub(crate) focusable: bool,
    /// Whether it has the focus.
    pub(crate) focused: bool,
    /// The computed colour of its text.
    pub(crate) color: String,
    /// The computed colour behind it.
    pub(crate) background: String,
    /// The elements in it.
    pub(crate) children: Vec<Node>,
}

impl Node {
    /// This node and all in it, in reading order.
    pub(crate) fn all(&self) -> Box<dyn Iterator<Item = &Self> + '_> {
        Box::new(std::iter::once(self).chain(self.children.iter().flat_map(Self::all)))
    }

    /// Whether it has this role and a name that contains `name`.
    pub(crate) fn is(&self, role: &str, name: &str) -> bool {
        self.role.as_deref() == Some(role) && self.name.contains(name)
    }
}

/// One thing axe-core objects to.
#[derive(Debug, Clone, Deserialize)]
#[allow(dead_code, reason = "people read the fields, in the output of a failed test")]
pub(crate) struct Violation {
    /// The rule's id, such as `button-name`.
    pub(crate) rule: String,
    /// "minor" to "critical".
    pub(crate) impact: Option<String>,
    /// The selectors from the page to the element.
    pub(crate) target: Vec<String>,
    /// The element's markup.
    pub(crate) html: String,
    /// What to do about it.
    pub(crate) why: String,
}

#[derive(Deserialize)]
struct Told {
    value: Option<Value>,
    error: Option<String>,
    #[serde(default)]
    absent: bool,
}

/// Asks the probe in the current tab. In pages of the extension it is injected first.
pub(crate) async fn ask<T: DeserializeOwned>(browser: &Browser, what: &str, mut request: Value) -> Result<T> {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let fields = request.as_object_mut().context("a request is an object")?;
    fields.insert("what".to_owned(), json!(what));
    fields.insert("id".to_owned(), json!(NEXT.fetch_add(1, Ordering::Relaxed)));
    let mut told = put(browser, &request).await?;
    if told.absent {
        let address = browser.driver()?.current_url().await?;
        if !address.scheme().ends_with("-extension") {
            bail!("no probe in {address}");
        }
        inject(browser).await?;
        told = put(browser, &request).await?;
    }
    match told.error {
        Some(error) => Err(anyhow!("{what}: {error}")),
        None => serde_json::from_value(told.value.unwrap_or_default())
            .with_context(|| format!("answer to {what}")),
    }
}

async fn put(browser: &Browser, request: &Value) -> Result<Told> {
    let told = browser.execute_async(include_str!("ask.js"), vec![request.clone()]).await?;
    Ok(serde_json::from_value(told)?)
}

async fn inject(browser: &Browser) -> Result<()> {
    let axe = std::fs::read_to_string(crate::package::root().join("node_modules/axe-core/axe.min.js"))?;
    let probe = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("probe/probe.js"))?;
    browser.execute(&format!("{axe}\n;{probe}"), vec![]).await?;
    Ok(())
}

/// Every shadow root of the page with what is drawn in it.
pub(crate) async fn read(browser: &Browser) -> Result<Vec<Host>> {
    ask(browser, "read", json!({})).await
}

/// Waits until `judge` is content with what is drawn. Its error says what is missing.
pub(crate) async fn read_until<T>(
    browser: &Browser,
    what: &str,
    mut judge: impl FnMut(Vec<Host>) -> Result<T>,
) -> Result<T> {
    wait::until(what, async || judge(read(browser).await?).map(Some)).await
}

/// The page's own body as a tree, for pages of the extension.
pub(crate) async fn body(browser: &Browser) -> Result<Node> {
    ask(browser, "body", json!({})).await
}

/// What axe-core objects to in shadow roots; in pages of the extension, everywhere.
pub(crate) async fn axe(browser: &Browser) -> Result<Vec<Violation>> {
    let everywhere = browser.driver()?.current_url().await?.scheme().ends_with("-extension");
    ask(browser, "axe", json!({ "everywhere": everywhere })).await
}

/// Fails when axe-core objects to anything of ours, after making sure that it would see it: a planted violation.
pub(crate) async fn accessible(browser: &Browser) -> Result<()> {
    ask::<()>(browser, "plant", json!({})).await?;
    let with_planted = axe(browser).await;
    ask::<()>(browser, "unplant", json!({})).await?;
    if !with_planted?.iter().any(|violation| violation.rule == "button-name") {
        bail!("axe-core does not see a planted violation");
    }
    let found = axe(browser).await?;
    if found.is_empty() { Ok(()) } else { bail!("axe-core objects: {found:#?}") }
}
