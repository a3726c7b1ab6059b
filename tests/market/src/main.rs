//! Serves the market until it is interrupted.

mod arguments;

use std::io::{self, Write};
use std::process::ExitCode;

use wagelight_market::{HOSTS, Market, Options};

#[tokio::main]
async fn main() -> ExitCode {
    let result = match arguments::read(std::env::args().skip(1)) {
        Ok(options) => run(options).await,
        Err(message) => Err(io::Error::other(format!("{message}\n{}", arguments::USAGE))),
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
    let names: Vec<&str> =
        HOSTS.into_iter().filter(|host| !["localhost", "127.0.0.1"].contains(host)).collect();
    let names = names.join(",");
    writeln!(
        io::stdout(),
        "https://worker.mturk.com/ stands on 127.0.0.1:{port} (plain: https://localhost:{port}/)\n\
         Chromium: --ignore-certificate-errors --host-resolver-rules=\"MAP * 127.0.0.1:{port}\"\n\
         Firefox:  network.dns.localDomains = {names}\n\
         \u{20}         network.socket.forcePort = 443={port}, insecure certificates accepted\n\
         Ctrl-C ends it."
    )?;
    tokio::signal::ctrl_c().await
}
