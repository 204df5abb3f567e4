//! The arguments `--screenshot`, `--size` and `--keys`.

use clap::{Args, ValueEnum};

use crate::app::geometry::Size;
use crate::keymap::press::{self, Press};
use crate::runtime::Shot;
use crate::ui::picture::PictureFormat;

/// Options to print one screen instead of opening the app.
#[derive(Debug, Args)]
pub(crate) struct ShotArguments {
    /// Print one screen instead of opening the app; needs no terminal
    #[arg(long, value_enum, value_name = "FORM")]
    screenshot: Option<Picture>,
    /// Size of the screen, in columns and rows
    #[arg(long, value_name = "COLSxROWS", value_parser = size, requires = "screenshot")]
    size: Option<Size>,
    /// Keys to press first, such as "f5 enter 'text to type'"
    #[arg(long, value_name = "KEYS", value_parser = keys, requires = "screenshot")]
    keys: Option<Keys>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Picture {
    /// Lines of text
    Text,
    /// A color image
    Svg,
}

/// Key presses in order; a type of its own, because clap parses one value into it.
#[derive(Debug, Clone)]
struct Keys(Vec<Press>);

impl ShotArguments {
    /// The screenshot to print, if one was requested.
    pub(crate) fn shot(&self) -> Option<Shot> {
        let form = match self.screenshot? {
            Picture::Text => PictureFormat::Text,
            Picture::Svg => PictureFormat::Svg,
        };
        let keys = self.keys.as_ref().map(|keys| keys.0.clone()).unwrap_or_default();
        Some(Shot { form, size: self.size.unwrap_or(Size { columns: 80, rows: 24 }), keys })
    }
}

fn keys(text: &str) -> Result<Keys, String> {
    press::read_all(text).map(Keys)
}

fn size(text: &str) -> Result<Size, String> {
    let number = |text: &str| text.parse().ok().filter(|number| (1..=1000).contains(number));
    let read = || {
        let (columns, rows) = text.split_once('x')?;
        Some(Size { columns: number(columns)?, rows: number(rows)? })
    };
    read().ok_or_else(|| format!("“{text}” is not a size: write 120x36, at most 1000 each"))
}
