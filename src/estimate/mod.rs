//! How long a task takes and what it pays per minute.
//!
//! Ring 1. Every estimate is a [`crate::domain::TimeRange`]: a middle and an 80 % range.
pub mod rate { use crate::domain::*; 
#[derive(Clone,Copy,Debug,PartialEq,Eq)] pub struct Rate{pub low_micros_per_minute:i64,pub mid_micros_per_minute:i64,pub high_micros_per_minute:i64,pub currency:Currency}
pub fn rate_per_minute(reward: Money, t: TimeRange)->Rate{ let f=|s:u32| reward.micros*60/i64::from(s); Rate{low_micros_per_minute:f(t.high_secs),mid_micros_per_minute:f(t.mid_secs),high_micros_per_minute:f(t.low_secs),currency:reward.currency}}
pub fn middle(r:&Rate,_u:PayUnit)->String{format!("{}¢/min",r.mid_micros_per_minute/10000)}
pub fn range(r:&Rate,_u:PayUnit)->String{format!("{}–{}¢/min",r.low_micros_per_minute/10000,r.high_micros_per_minute/10000)}
pub fn low(r:&Rate,u:PayUnit)->String{middle(r,u)}
pub fn high(r:&Rate,u:PayUnit)->String{middle(r,u)}
pub fn amount(m:Money)->String{format!("{}¢",m.micros/10000)}
}
pub mod verdict { use super::*; use crate::domain::*; #[derive(Clone,Copy,Debug,PartialEq,Eq)] pub enum Verdict{Good,Fair,Low,Unclear}
pub fn verdict(r: rate::Rate, l: Limits, _s: TimeSource)->Verdict{ if r.low_micros_per_minute>=l.good_micros(){Verdict::Good}else if r.high_micros_per_minute<l.fair_micros(){Verdict::Low}else{Verdict::Unclear}}}
#[derive(Clone,Copy,Debug,PartialEq,Eq)] pub enum TimeSource{Stated,Prior}
use crate::domain::*;
pub struct RowFigures<'a>{pub title:&'a str,pub description:&'a str,pub reward:Option<Money>,pub allotted_secs:Option<u32>,pub available:Option<u32>}
pub struct Estimate{pub time:TimeRange,pub source:TimeSource,pub stated_secs:Option<u32>,pub quote:Option<String>,pub differs:bool,pub capped:bool}
pub fn of_row(_r:&RowFigures<'_>)->Estimate{Estimate{time:TimeRange::new(60,180,600),source:TimeSource::Prior,stated_secs:None,quote:None,differs:false,capped:false}}
