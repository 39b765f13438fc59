//! What is said to the user, on stderr; nobody listening is no error.

use std::io::Write;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Says one line.
pub(super) fn line(text: &str) {
    let _ = writeln!(std::io::stderr(), "{}", text.trim_end());
}

/// Says what went wrong, on one line.
pub(super) fn error(text: &str) {
    line(&format!("mawqi: error: {}", one_line(text)));
}

/// Says something worth knowing, on one line.
pub(super) fn note(text: &str) {
    line(&format!("mawqi: note: {}", one_line(text)));
}

fn one_line(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}

/// A running count of something on a terminal; nothing elsewhere.
pub(super) fn progress(what: &str) -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template(&format!("{{spinner}} {{human_pos}} {what}, {{per_sec}}")) {
        bar.set_style(style);
    }
    if !bar.is_hidden() {
        bar.enable_steady_tick(Duration::from_millis(100));
    }
    bar
}
