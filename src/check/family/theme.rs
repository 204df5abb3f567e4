//! Themes and sub-themes: `a/b` names sub-theme b of theme a.

use crate::catalog::Evidence;
use crate::check::loss::Loss;
use crate::check::phrase::{brief, quote};
use crate::check::place::ValuePlace;
use crate::check::problem::{Fix, Severity};
use crate::check::report::Report;
use crate::check::rule::{Rule, SOME_PAGES};
use crate::document::{Edit, Value};

pub(in crate::check) const THEME_FORM: Rule = Rule {
    code: "theme-form",
    severity: Severity::Hint,
    evidence: Evidence::Doc,
    loss: Some(Loss::Count),
    other_losses: &[],
    meaning: "A theme has an empty part, or the theme of a sub-theme is not listed.",
    why: "The documentation writes sub-themes as `theme/sub-theme` and also lists the theme. An empty part names \
          nothing.",
    source: SOME_PAGES,
    example: r#""themes": ["payments/cards"]"#,
    good: r#""themes": ["payments", "payments/cards"]"#,
    fix: "Adds the theme to the list.",
};

pub(in crate::check) fn theme_form(report: &mut Report<'_>, theme: &str, place: &ValuePlace<'_>) {
    if theme.split('/').any(|part| part.trim().is_empty()) {
        let fault = if theme.is_empty() {
            "This theme is blank".to_owned()
        } else {
            format!("{} has an empty part", quote(theme))
        };
        let message = format!("{fault}: write theme or theme/sub-theme.");
        report.add(&THEME_FORM, place, message, Vec::new());
        return;
    }
    let Some((above, _)) = theme.rsplit_once('/') else { return };
    let is_listed = report.texts.as_ref().is_none_or(|texts| texts.first(&above).is_some());
    let (false, Some(index), Some(parent)) = (is_listed, place.position(), place.pointer().parent()) else {
        return;
    };
    let message = format!("{} is a sub-theme of {}, which is not listed.", brief(theme), brief(above));
    let insert = Edit::Insert { parent, index, key: None, value: Value::from(above) };
    let fix = Fix::offer(format!("add {}", quote(above)), vec![insert]);
    report.add(&THEME_FORM, place, message, vec![fix]);
}
