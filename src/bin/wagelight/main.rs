//! `wagelight`: the extension's core at the command line, for developers and the curious.

#[cfg(not(target_arch = "wasm32"))]
mod generate;
#[cfg(not(target_arch = "wasm32"))]
mod read;

/// In a browser there is no command line; cargo still wants a `main` there.
#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    use clap::Parser;
    match Arguments::parse().command {
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Read(arguments) => read::run(&arguments),
    }
}

/// What micro-tasks really pay per minute, from saved pages.
#[cfg(not(target_arch = "wasm32"))]
#[derive(clap::Parser)]
#[command(version, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[cfg(not(target_arch = "wasm32"))]
#[derive(clap::Subcommand)]
enum Command {
    Generate(generate::Arguments),
    Read(read::Arguments),
}
