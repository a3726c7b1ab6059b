//! In whatever order things come, the picture at the end is the same.

use super::*;

#[test]
fn an_opened_page_is_collected_and_greeted_once() {
    let bench = Bench::opened(LIST);
    assert_eq!(bench.screen.collected, 1);
    let hello = Ask::Hello { site: "mturk".to_owned() };
    assert_eq!(bench.screen.asks, [(1, hello, Some("hello mturk".to_owned()))]);
}

#[test]
fn the_sandbox_is_another_place() {
    let bench = Bench::opened("https://workersandbox.mturk.com/");
    assert_eq!(bench.screen.asks[0].1, Ask::Hello { site: "mturk-sandbox".to_owned() });
}

#[test]
fn other_pages_are_left_alone() {
    for url in ["https://worker.mturk.com/earnings", "https://example.org/projects", ""] {
        let mut bench = Bench::default();
        assert_eq!(bench.send(&json!({ "start": { "url": url } })), [""; 0], "{url}");
        bench.items(0, 0, &items(2));
        bench.rows(0, &rows_of(&items(2), 1), &[]);
        assert_eq!(bench.send(&json!("bell")), [""; 0]);
        assert_eq!(bench.send(&json!("settled")), [""; 0]);
        assert_eq!(bench.drawn(), [0; 0]);
    }
}

#[test]
fn nothing_is_drawn_before_a_greeting() {
    let mut bench = Bench::opened(LIST);
    bench.items(0, 0, &items(3));
    bench.rows(0, &rows_of(&items(3), 1), &[]);
    bench.send(&json!("bell"));
    assert!(bench.screen.chips.is_empty());
    let asked: Vec<&Ask> = bench.screen.asks.iter().map(|(_, ask, _)| ask).collect();
    assert!(asked.iter().all(|ask| matches!(ask, Ask::Hello { .. })), "{asked:?}");
    let last = bench.screen.asks.pop().unwrap();
    bench.send_answer(last.0, &Answer::Hello(hello()));
    assert_eq!(bench.drawn(), [1, 2, 3]);
}

#[test]
fn without_an_answer_the_page_says_what_it_can_by_itself() {
    let mut bench = Bench::opened(LIST);
    bench.items(0, 0, &items(1));
    bench.rows(0, &rows_of(&items(1), 1), &[]);
    bench.send(
        &json!({ "answer": { "id": 1, "answer": { "is": "refused", "say": "Wagelight failed twice" } } }),
    );
    assert_eq!(bench.drawn(), [1]);
}

#[test]
fn the_remembered_greeting_draws_and_the_real_one_changes_only_what_differs() {
    let mut bench = Bench::opened(LIST);
    bench.items(0, 0, &items(2));
    bench.rows(0, &rows_of(&items(2), 1), &[]);
    bench.send_answer(1, &Answer::Hello(hello()));
    assert!(bench.pay(1).contains("/min"), "{}", bench.pay(1));
    let same = bench.send_answer(1, &Answer::Hello(hello()));
    assert_eq!(same, [""; 0], "the same greeting changes nothing");
    let mut hourly = hello();
    hourly.settings.unit = crate::app::background::wire::UnitPart::Hour;
    bench.send_answer(1, &Answer::Hello(hourly));
    assert!(bench.pay(1).contains("/h"), "{}", bench.pay(1));
    let off = Hello { on: false, ..hello() };
    assert_eq!(bench.send_answer(1, &Answer::Hello(off)), ["clear"]);
    bench.send_answer(1, &Answer::Hello(hello()));
    assert_eq!(bench.drawn(), [1, 2]);
}

#[test]
fn items_and_rows_come_in_any_order() {
    let all = items(6);
    let mut orders: Vec<Bench> = Vec::new();
    let mut items_first = Bench::greeted();
    items_first.items(0, 0, &all);
    items_first.rows(0, &rows_of(&all, 1), &[]);
    orders.push(items_first);
    let mut rows_first = Bench::greeted();
    rows_first.rows(0, &rows_of(&all, 1), &[]);
    assert_eq!(rows_first.drawn(), [0; 0]);
    rows_first.items(0, 0, &all);
    orders.push(rows_first);
    let mut in_pieces = Bench::greeted();
    let rows = rows_of(&all, 1);
    in_pieces.items(0, 0, &all[..3]);
    in_pieces.rows(0, &rows[3..], &[]);
    in_pieces.items(0, 3, &all[3..]);
    in_pieces.rows(0, &rows[..3], &[]);
    orders.push(in_pieces);
    let mut greeted_last = Bench::opened(LIST);
    greeted_last.rows(0, &rows, &[]);
    greeted_last.items(0, 0, &all);
    greeted_last.answer_hello(&hello());
    orders.push(greeted_last);
    for bench in &orders {
        assert_eq!(bench.drawn(), [1, 2, 3, 4, 5, 6]);
        assert_eq!(bench.screen.chips, orders[0].screen.chips);
        assert_eq!(bench.screen.said, [""; 0]);
    }
}

#[test]
fn rows_that_come_late_are_drawn_late() {
    let mut bench = Bench::greeted();
    bench.items(0, 0, &items(4));
    bench.send(&json!("settled"));
    assert_eq!(bench.screen.said, ["Wagelight did not understand page: no row of its list was found"]);
    bench.rows(0, &rows_of(&items(4), 1), &[]);
    assert_eq!(bench.drawn(), [1, 2, 3, 4]);
    assert!(!bench.popup().contains("ot understood"), "{}", bench.popup());
}

#[test]
fn removed_rows_are_forgotten_and_come_back_under_new_keys() {
    let all = items(3);
    let mut bench = Bench::with_items(&all);
    let before = bench.screen.chips.clone();
    bench.open_card(2);
    let effects = bench.rows(0, &[], &[1, 2, 3]);
    assert_eq!(effects, ["card"], "the card of a row that is gone closes");
    assert_eq!(bench.screen.card, None);
    bench.rows(0, &rows_of(&all, 11), &[]);
    assert_eq!(bench.drawn(), [11, 12, 13]);
    let texts = |chips: &BTreeMap<_, Value>| chips.values().map(text).collect::<Vec<_>>();
    assert_eq!(texts(&bench.screen.chips), texts(&before));
    assert!(bench.open_card(2).is_empty(), "a row that is gone opens no card");
}

#[test]
fn a_row_that_shows_another_task_now_gets_its_number() {
    let all = [with(item(1), &[("reward", json!("1"))]), with(item(2), &[("reward", json!("2"))])];
    let mut bench = Bench::with_items(&all);
    let (one, two) = (bench.pay(1), bench.pay(2));
    assert_ne!(one, two);
    let [first, second] = rows_of(&all, 1).try_into().unwrap();
    bench.rows(0, &[with(second, &[("key", json!(1))]), with(first, &[("key", json!(2))])], &[1, 2]);
    assert_eq!((bench.pay(1), bench.pay(2)), (two, one));
}

#[test]
fn two_lists_on_a_page_do_not_mix() {
    let (first, second) = (items(3), [item(8), item(9)]);
    let mut bench = Bench::with_items(&first);
    bench.rows(1, &rows_of(&second, 21), &[]);
    bench.items(1, 0, &second);
    assert_eq!(bench.drawn(), [1, 2, 3, 21, 22]);
    let of_the_other_list = json!({ "key": 31, "index": 0, "id": "3ITEM0008" });
    bench.rows(0, &[of_the_other_list], &[]);
    assert_eq!(bench.pay(31), "", "a list's rows are looked for in its own data");
    // A list that leaves the page takes its tasks with it.
    bench.rows(1, &[], &[21, 22]);
    bench.items(1, 0, &[]);
    bench.rows(0, &[], &[31]);
    let kind = crate::sites::recipe::PageKind::List;
    let read = crate::app::views::popup::Standing::Read { kind, tasks: 3, rows: 3 };
    assert_eq!(bench.engine.standing(), read);
}

#[test]
fn fewer_rows_than_data_is_no_problem() {
    let mut bench = Bench::greeted();
    bench.items(0, 0, &items(6));
    bench.rows(0, &rows_of(&items(4), 1), &[]);
    bench.send(&json!("settled"));
    assert_eq!(bench.drawn(), [1, 2, 3, 4]);
    assert_eq!(bench.screen.said, [""; 0]);
}

#[test]
fn rows_without_data_are_said_once_after_the_page_has_settled() {
    let mut bench = Bench::greeted();
    bench.items(0, 0, &items(2));
    bench.rows(0, &rows_of(&items(5), 1), &[]);
    assert_eq!(bench.screen.said, [""; 0], "their data may still come");
    bench.send(&json!("settled"));
    bench.send(&json!("settled"));
    bench.rows(0, &rows_of(&[item(6)], 9), &[]);
    assert_eq!(
        bench.screen.said,
        ["Wagelight did not understand page: 3 rows show no task of the page's data"]
    );
    assert_eq!(bench.drawn(), [1, 2]);
    let popup = bench.popup();
    assert!(popup.contains("page: 4 rows show no task of the page's data"), "{popup}");
    bench.items(0, 2, &[item(3), item(4), item(5), item(6)]);
    assert!(!bench.popup().contains("no task"), "data that came late mends it: {}", bench.popup());
}

#[test]
fn a_fresh_start_forgets_the_page_before() {
    let mut bench = Bench::with_items(&items(2));
    bench.send(&json!({ "start": { "url": QUEUE, "private": true } }));
    bench.screen = Screen::default();
    bench.rows(0, &rows_of(&items(2), 1), &[]);
    bench.send(&json!("bell"));
    assert_eq!(bench.drawn(), [0; 0]);
}
