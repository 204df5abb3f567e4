//! The arguments of the demo.

use std::path::PathBuf;

use clap::Args;

use super::{DisplayArguments, ShotArguments};

/// Arguments of `demo`.
#[derive(Debug, Args)]
pub(crate) struct DemoArguments {
    /// Open a sample run to repair instead of the tour
    #[arg(long)]
    pub(crate) sample: bool,
    /// Ask on ordinary lines instead of drawing a screen, about the sample run
    #[arg(long, conflicts_with_all = ["screenshot", "play", "record"])]
    pub(crate) plain: bool,
    /// Let the tour play itself: space pauses, q leaves
    #[arg(long, conflicts_with_all = ["sample", "screenshot"])]
    pub(crate) play: bool,
    /// Write the tour that plays itself into this file, as an asciicast; no terminal is needed
    #[arg(long, value_name = "FILE.cast", conflicts_with_all = ["sample", "screenshot", "play", "size", "keys"])]
    pub(crate) record: Option<PathBuf>,
    /// How many times faster than one reads, from 0.1 to 100
    #[arg(long, value_name = "N", default_value = "1", value_parser = speed, allow_hyphen_values = true)]
    pub(crate) speed: f64,
    #[command(flatten)]
    pub(crate) display: DisplayArguments,
    #[command(flatten)]
    pub(crate) shot: ShotArguments,
}

impl DemoArguments {
    /// Whether the tour plays itself, so that nothing of it is to be kept.
    pub(crate) const fn plays_itself(&self) -> bool {
        self.play || self.record.is_some()
    }
}

fn speed(text: &str) -> Result<f64, String> {
    let speed = text.parse().ok().filter(|speed| (0.1..=100.0).contains(speed));
    speed
        .ok_or_else(|| format!("“{text}” is no speed; it goes from 0.1 to 100, and 1 is the pace of reading"))
}
