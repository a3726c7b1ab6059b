//! The command line.

use std::str::FromStr;

use wagelight_market::{
    Behaviour, Csp, Hostile, Listing, Nodes, Options, Question, Redraw, Rows, SignIn, Titles,
};

/// What can be said.
pub(crate) const USAGE: &str = "\
usage: wagelight-market [OPTION VALUE]...
  --port N                 on 127.0.0.1; without it, the system chooses
  --listing FILE           a recorded JSON answer of the list, instead of the invented one
  --groups N  --seed N     size and seed of the invented listing
  --held N                 tasks in the queue
  --question KIND          what tasks ask: Hosted, External, Stepwise, Survey, Plain or FalseMessages
  --max-page-size N        100 on the site
  --csp none|strict|default-src-none|wasm
  --rows at-once|hydrate|hydrate:MS|late:MS|never|dribble:CHUNK:MS
  --redraw recreate|recreate:MS|keep|keep:MS
  --hostile CASE           one of the names in the crate's documentation, such as NastyTitles
  --titles one-line|wrap
  --sign-in done|needed";

/// Reads the arguments after the program's name; the error says what was not understood.
pub(crate) fn read(mut args: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut port = 0;
    let mut behaviour = Behaviour::default();
    let (mut size, mut seed, mut file) = (714, 1, None);
    while let Some(name) = args.next() {
        let value = args.next().ok_or_else(|| format!("{name} needs a value, or is not known"))?;
        let unknown = || format!("{name}: {value} is not understood");
        match name.as_str() {
            "--port" => port = number(&value).ok_or_else(unknown)?,
            "--listing" => file = Some(value),
            "--groups" => size = number(&value).ok_or_else(unknown)?,
            "--seed" => seed = number(&value).ok_or_else(unknown)?,
            "--held" => behaviour.held = number(&value).ok_or_else(unknown)?,
            "--question" => behaviour.question = question(&value).ok_or_else(unknown)?,
            "--max-page-size" => behaviour.max_page_size = number(&value).ok_or_else(unknown)?,
            "--csp" => behaviour.csp = csp(&value).ok_or_else(unknown)?,
            "--rows" => behaviour.rows = rows(&value).ok_or_else(unknown)?,
            "--redraw" => behaviour.redraw = Some(redraw(&value).ok_or_else(unknown)?),
            "--hostile" => behaviour.hostile = Some(hostile(&value).ok_or_else(unknown)?),
            "--titles" => behaviour.titles = titles(&value).ok_or_else(unknown)?,
            "--sign-in" => behaviour.sign_in = sign_in(&value).ok_or_else(unknown)?,
            _ => return Err(format!("{name} is not known")),
        }
    }
    behaviour.listing = file.map_or(Listing::Invented { size, seed }, Listing::real);
    Ok(Options { port, behaviour })
}

fn number<T: FromStr>(value: &str) -> Option<T> {
    value.parse().ok()
}

fn csp(value: &str) -> Option<Csp> {
    match value {
        "none" => Some(Csp::None),
        "strict" => Some(Csp::StrictNonce),
        "default-src-none" => Some(Csp::DefaultSrcNone),
        "wasm" => Some(Csp::WasmAllowed),
        _ => None,
    }
}

fn rows(value: &str) -> Option<Rows> {
    let (name, rest) = value.split_once(':').map_or((value, None), |(name, rest)| (name, Some(rest)));
    match (name, rest) {
        ("at-once", None) => Some(Rows::AtOnce),
        ("never", None) => Some(Rows::Never),
        ("hydrate", None) => Some(Rows::AfterHydration { delay_ms: 0 }),
        ("hydrate", Some(ms)) => Some(Rows::AfterHydration { delay_ms: number(ms)? }),
        ("late", Some(ms)) => Some(Rows::Late { delay_ms: number(ms)? }),
        ("dribble", Some(steps)) => {
            let (chunk, every) = steps.split_once(':')?;
            Some(Rows::Dribble { chunk: number(chunk)?, every_ms: number(every)? })
        }
        _ => None,
    }
}

fn redraw(value: &str) -> Option<Redraw> {
    let (name, ms) = value.split_once(':').map_or((value, None), |(name, ms)| (name, Some(ms)));
    let nodes = match name {
        "recreate" => Nodes::Recreate,
        "keep" => Nodes::Keep,
        _ => return None,
    };
    let every_ms = match ms {
        Some(ms) => Some(number(ms)?),
        None => None,
    };
    Some(Redraw { nodes, every_ms })
}

fn hostile(value: &str) -> Option<Hostile> {
    Hostile::ALL.into_iter().find(|case| format!("{case:?}").eq_ignore_ascii_case(value))
}

fn question(value: &str) -> Option<Question> {
    Question::ALL.into_iter().find(|kind| format!("{kind:?}").eq_ignore_ascii_case(value))
}

fn titles(value: &str) -> Option<Titles> {
    match value {
        "one-line" => Some(Titles::OneLine),
        "wrap" => Some(Titles::Wrap),
        _ => None,
    }
}

fn sign_in(value: &str) -> Option<SignIn> {
    match value {
        "done" => Some(SignIn::Done),
        "needed" => Some(SignIn::Needed),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_line(line: &str) -> Result<Options, String> {
        read(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn every_option_reaches_the_behaviour() {
        let line = "--port 8443 --groups 20 --seed 3 --held 7 --question survey --max-page-size 1000 --csp strict --rows dribble:5:10 \
                    --redraw keep:50 --hostile NastyTitles --titles wrap --sign-in needed";
        let behaviour = Behaviour {
            listing: Listing::Invented { size: 20, seed: 3 },
            csp: Csp::StrictNonce,
            rows: Rows::Dribble { chunk: 5, every_ms: 10 },
            redraw: Some(Redraw { nodes: Nodes::Keep, every_ms: Some(50) }),
            hostile: Some(Hostile::NastyTitles),
            titles: Titles::Wrap,
            sign_in: SignIn::Needed,
            held: 7,
            question: Question::Survey,
            max_page_size: 1_000,
            ..Behaviour::default()
        };
        assert_eq!(read_line(line), Ok(Options { port: 8443, behaviour }));
        assert_eq!(read_line(""), Ok(Options::default()));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (line, named) in [
            ("--port", "--port needs a value"),
            ("--port 70000", "--port: 70000"),
            ("--rows late", "--rows: late"),
            ("--csp x", "--csp: x"),
            ("--colour red", "--colour is not known"),
        ] {
            assert!(read_line(line).is_err_and(|message| message.starts_with(named)), "{line}");
        }
    }
}
