//! `completions` and `man`, generated from the command-line definition.

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::Exit;
use super::argument::Arguments;
use super::console::Console;
use crate::text::Visible;

pub(super) fn completions(shell: Shell, console: &mut Console) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "sei-compose", &mut script);
    console.print(Visible::rendered(String::from_utf8(script)?))?;
    Ok(Exit::Done)
}

pub(super) fn man(console: &mut Console) -> anyhow::Result<Exit> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Arguments::command()).render(&mut page)?;
    console.print(Visible::rendered(String::from_utf8(page)?))?;
    Ok(Exit::Done)
}
