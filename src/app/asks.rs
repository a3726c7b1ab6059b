//! What a page asks the background, and what it answers. JSON-safe.

use serde::{Deserialize, Serialize};

use crate::domain::{Again, Flags, Limits, Marks, PayUnit, Settings, Stars, Task};

/// An ask of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// Settings, and whether the site is switched on.
    Hello { site: String },
    /// What is known of rows' requesters and titles.
    Facts { site: String, rows: Vec<RowAsk> },
    /// Change some fields of the own rating.
    Rate { site: String, requester_id: String, requester_name: String, patch: RatingPatch, task: TaskContext },
    /// Remove the own rating.
    Unrate { site: String, requester_id: String },
    /// Take a change back.
    Undo { token: String },
    /// Block a requester, or one title of theirs.
    Block { site: String, requester_id: String, requester_name: String, title_key: Option<String>, title: Option<String> },
    /// Lift a block.
    Unblock { site: String, requester_id: String, title_key: Option<String> },
    /// Open the window in which a note is written.
    OpenNote { site: String, requester_id: String, requester_name: String },
    /// Switch a site on or off.
    SwitchSite { site: String, on: bool },
}

/// One row to learn about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowAsk { pub requester_id: String, pub title_key: String }

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatingPatch {
    pub again: Option<Option<AgainWire>>,
    pub broken: Option<bool>, pub unpaid_screener: Option<bool>, pub underpaid: Option<bool>,
    pub pay: Option<Option<u8>>, pub fairness: Option<Option<u8>>, pub communication: Option<Option<u8>>, pub speed: Option<Option<u8>>,
}
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgainWire { Again, OnlyIfNothingBetter, Never }
impl From<Again> for AgainWire { fn from(a: Again) -> Self { match a { Again::Again=>Self::Again, Again::OnlyIfNothingBetter=>Self::OnlyIfNothingBetter, Again::Never=>Self::Never } } }
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskContext { pub task_id: Option<String>, pub title: Option<String> }
impl TaskContext { pub fn of(t:&Task)->Self{Self{task_id:Some(t.id.0.clone()),title:Some(t.title.clone())}} }
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer { Hello{settings: SettingsWire,on:bool,#[serde(default)] blocked: BlockIndex}, Facts{rows:Vec<RowFacts>}, Saved{undo:Option<String>}, Refused{why:String}, Done }
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsWire {}
impl From<SettingsWire> for Settings { fn from(_:SettingsWire)->Self{Self::default()} }
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockIndex {}
impl BlockIndex { pub fn has_requester(&self,_id:&str)->bool{false} pub fn has_title(&self,_id:&str,_t:&str)->bool{false} }
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowFacts { pub requester_id:String, pub title_key:String, pub own: Option<OwnWire>, pub requester_blocked: bool, pub title_blocked: bool }
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnWire {}
impl From<OwnWire> for super::page::entry::Own { fn from(_:OwnWire)->Self{Self::default()} }
#[allow(unused)] fn x(_:Flags,_:Limits,_:Marks,_:PayUnit,_:Stars){}
