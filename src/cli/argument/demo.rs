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
    /// Ask line by line about the sample run instead of drawing a screen
    #[arg(long, conflicts_with_all = ["screenshot", "play", "record"])]
    pub(crate) plain: bool,
    /// Play the tour automatically: space pauses, q quits
    #[arg(long, conflicts_with_all = ["sample", "screenshot"])]
    pub(crate) play: bool,
    /// Record the automatic tour to this file, as an asciicast; needs no terminal
    #[arg(long, value_name = "FILE.cast", conflicts_with_all = ["sample", "screenshot", "play", "size", "keys"])]
    pub(crate) record: Option<PathBuf>,
    /// Speed of the automatic tour, from 0.1 to 100; 1 is reading speed
    #[arg(long, value_name = "N", default_value = "1", value_parser = speed, allow_hyphen_values = true)]
    pub(crate) speed: f64,
    #[command(flatten)]
    pub(crate) display: DisplayArguments,
    #[command(flatten)]
    pub(crate) shot: ShotArguments,
}

impl DemoArguments {
    /// Whether the tour plays itself; then nothing is saved.
    pub(crate) const fn plays_itself(&self) -> bool {
        self.play || self.record.is_some()
    }
}

fn speed(text: &str) -> Result<f64, String> {
    let speed = text.parse().ok().filter(|speed| (0.1..=100.0).contains(speed));
    speed.ok_or_else(|| format!("“{text}” is not a speed: use 0.1 to 100; 1 is reading speed"))
}
