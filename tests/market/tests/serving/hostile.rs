//! Every hostile case is what it says, and only its data are broken.

use std::collections::HashSet;

use serde_json::Value;
use wagelight_market::{Behaviour, Hostile, Market, Rows};

use crate::client::{drawn_rows, get, props_of};
use crate::market;

struct Seen {
    /// Rows in the page, of all lists.
    rows: usize,
    /// Props of each list.
    props: Vec<String>,
    body: String,
}

async fn seen(market: &Market, hostile: Hostile) -> Seen {
    market.set(Behaviour { hostile: Some(hostile), rows: Rows::AtOnce, ..Behaviour::default() });
    let body = get(market, "/").await.body;
    Seen { rows: drawn_rows(&body), props: props_of(&body, "hitSetTable/HitSetTable"), body }
}

fn groups(props: &str) -> Vec<Value> {
    let props: Value = serde_json::from_str(props).expect("these props are JSON");
    props["bodyData"].as_array().unwrap().clone()
}

#[tokio::test]
async fn props_that_are_no_list() {
    let market = market(Behaviour::default()).await;
    for case in [Hostile::NotJson, Hostile::CutOff, Hostile::DeeplyNested] {
        let seen = seen(&market, case).await;
        assert_eq!(seen.rows, 20, "{case:?}: the page itself is whole");
        // The native parser refuses deep nesting too.
        assert!(serde_json::from_str::<Value>(&seen.props[0]).is_err(), "{case:?}");
    }
    let huge = seen(&market, Hostile::Huge).await;
    assert!(huge.props[0].len() > 50_000_000);
    assert_eq!(groups(&huge.props[0]).len(), 20);
}

#[tokio::test]
async fn groups_that_are_not_as_usual() {
    let market = market(Behaviour::default()).await;
    let missing = groups(&seen(&market, Hostile::MissingKeys).await.props[0]);
    assert!(missing.iter().all(|group| group.as_object().unwrap().len() == 17));
    let gone: HashSet<bool> = missing.iter().map(|group| group.get("title").is_none()).collect();
    assert_eq!(gone.len(), 2, "not the same key everywhere");

    let renamed = groups(&seen(&market, Hostile::RenamedKeys).await.props[0]);
    assert!(renamed.iter().all(|group| group.get("title").is_none() && group.get("new_title").is_some()));

    let wrong = groups(&seen(&market, Hostile::WrongTypes).await.props[0]);
    assert!(wrong[0]["title"].is_null() && wrong[1]["requester_id"].is_null());

    let long = seen(&market, Hostile::LongIds).await;
    let ids: HashSet<String> =
        groups(&long.props[0]).iter().map(|g| g["requester_id"].as_str().unwrap().to_owned()).collect();
    assert!(ids.len() == 20 && ids.iter().all(|id| id.len() == 21));
    assert!(ids.iter().all(|id| long.body.contains(&format!("href=\"/requesters/{id}/projects"))));
}

#[tokio::test]
async fn money_in_every_form() {
    let market = market(Behaviour::default()).await;
    let props = seen(&market, Hostile::MoneyForms).await.props.remove(0);
    for form in ["\":1}", "\":\"0.25\"}", "\":-5}", "\":1e400}", "\":0.005}"] {
        assert!(props.contains(&format!("amount_in_dollars{form}")), "{form}");
    }
    // 1e400 is beyond a double. JavaScript reads it as Infinity, this parser refuses it; the rest is JSON.
    assert_eq!(groups(&props.replace("1e400", "1e40")).len(), 20);
}

#[tokio::test]
async fn nasty_titles_never_become_markup() {
    let market = market(Behaviour::default()).await;
    let seen = seen(&market, Hostile::NastyTitles).await;
    assert!(!seen.body.contains("<img") && !seen.body.contains("</script><style>"));
    let titles: Vec<String> =
        groups(&seen.props[0]).iter().map(|g| g["title"].as_str().unwrap().to_owned()).collect();
    assert!(titles[0].starts_with("<img src=x onerror="));
    assert!(titles[1].starts_with('\u{202e}'));
    assert_eq!(titles[2].chars().count(), 10_000);
    assert!(titles[4].contains("A2EXAMPLE0W1") && titles[5].is_empty());
}

#[tokio::test]
async fn rows_and_data_of_different_number() {
    let market = market(Behaviour::default()).await;
    let fewer = seen(&market, Hostile::FewerRowsThanData).await;
    assert_eq!((fewer.rows, groups(&fewer.props[0]).len()), (14, 20));
    let more = seen(&market, Hostile::MoreRowsThanData).await;
    assert_eq!((more.rows, groups(&more.props[0]).len()), (20, 14));
    let two = seen(&market, Hostile::TwoLists).await;
    assert_eq!((two.rows, two.props.len()), (25, 2));
    let ids: HashSet<String> = two
        .props
        .iter()
        .flat_map(|p| groups(p))
        .map(|g| g["hit_set_id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids.len(), 25, "the second list has groups of its own");
}

#[tokio::test]
async fn scripts_are_told_what_to_do() {
    let market = market(Behaviour::default()).await;
    for case in [Hostile::RemovesForeignNodes, Hostile::MovesRows, Hostile::FakeClicks] {
        let seen = seen(&market, case).await;
        assert!(seen.body.contains(&format!("&quot;hostile&quot;:&quot;{case:?}&quot;")));
        assert_eq!((seen.rows, groups(&seen.props[0]).len()), (20, 20));
    }
}
