//! Serves the market until it is interrupted.

use std::io::{self, Write};
use std::process::ExitCode;

use wagelight_market::{Behaviour, Csp, Listing, Market, Options, Titles};

const USAGE: &str = "usage: wagelight-market [--port N] [--listing FILE] [--groups N] [--seed N] \
                     [--csp none|strict|default-src-none|wasm] [--held N] [--wrap-titles]";

#[tokio::main]
async fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let result = match read_options(&mut args) {
        Ok(options) => run(options).await,
        Err(message) => Err(io::Error::other(format!("{message}\n{USAGE}"))),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing is left to do where even this cannot be written.
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: Options) -> io::Result<()> {
    let market = Market::start(options).await?;
    let port = market.port();
    writeln!(
        io::stdout(),
        "https://worker.mturk.com/ stands on 127.0.0.1:{port} (plain: https://localhost:{port}/)\n\
         Chromium: --ignore-certificate-errors --host-resolver-rules=\"MAP * 127.0.0.1:{port}\"\n\
         Firefox:  network.dns.localDomains = worker.mturk.com,workersandbox.mturk.com,www.amazon.com\n\
         \u{20}         network.socket.forcePort = 443={port}, insecure certificates accepted\n\
         Ctrl-C ends it."
    )?;
    tokio::signal::ctrl_c().await
}

fn read_options(args: &mut impl Iterator<Item = String>) -> Result<Options, String> {
    let mut port = 0;
    let mut behaviour = Behaviour::default();
    let (mut size, mut seed, mut file) = (714, 1, None);
    while let Some(name) = args.next() {
        if name == "--wrap-titles" {
            behaviour.titles = Titles::Wrap;
            continue;
        }
        let value = args.next().ok_or_else(|| format!("{name} needs a value, or is not known"))?;
        match name.as_str() {
            "--port" => port = number(&name, &value)?,
            "--listing" => file = Some(value),
            "--groups" => size = number(&name, &value)?,
            "--seed" => seed = number(&name, &value)?,
            "--held" => behaviour.held = number(&name, &value)?,
            "--csp" => behaviour.csp = csp(&value)?,
            _ => return Err(format!("{name} is not known")),
        }
    }
    behaviour.listing = file.map_or(Listing::Invented { size, seed }, Listing::real);
    Ok(Options { port, behaviour })
}

fn number<T: std::str::FromStr>(name: &str, value: &str) -> Result<T, String> {
    value.parse().map_err(|_| format!("{name}: {value} is no number that fits"))
}

fn csp(value: &str) -> Result<Csp, String> {
    match value {
        "none" => Ok(Csp::None),
        "strict" => Ok(Csp::StrictNonce),
        "default-src-none" => Ok(Csp::DefaultSrcNone),
        "wasm" => Ok(Csp::WasmAllowed),
        _ => Err(format!("--csp: {value} is not known")),
    }
}
