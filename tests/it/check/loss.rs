//! The losses of problems: their order, and what each rule declares.

use std::collections::BTreeSet;

use sei_compose::check::{CheckSession, Checker, Loss, Problem, Severity, Silenced, check, rule, rules};

use super::corpus::{File, context_of, files, whole_corpus};
use super::{context, parse, spell};

/// The rank of a problem, as the documents describe the order of lists.
fn described_rank(problem: &Problem) -> (usize, usize) {
    let severities = [Severity::Error, Severity::Warning, Severity::Hint];
    let losses = Loss::ALL.map(Some);
    let severity = severities.iter().position(|severity| *severity == problem.severity).unwrap();
    (severity, losses.iter().position(|loss| *loss == problem.loss).unwrap_or(losses.len()))
}

#[test]
fn lists_are_sorted_by_severity_and_loss_also_with_problems_of_the_text() {
    let duplicate =
        r#"{"ci": true, "ci": true, "nonsense": 1, "result": "FAILED", "cd": true, "duration": -1}"#;
    let document = parse(duplicate);
    let context = context();
    let session = CheckSession::new(&document, &context, Silenced::default());
    let found = session.problems();
    assert!(found.is_sorted_by_key(described_rank), "{}", spell(&found));
    assert!(found.iter().any(|problem| problem.code == "duplicate-key"), "{}", spell(&found));
    let incremental = Checker::default().check(&session, None);
    assert_eq!(incremental.iter().map(|problem| (**problem).clone()).collect::<Vec<_>>(), found);
    for file in whole_corpus() {
        let Some(document) = file.document() else { continue };
        let found = check(&document, &context_of(file.code));
        assert!(found.is_sorted_by_key(described_rank), "{}: {}", file.path.display(), spell(&found));
    }
}

#[test]
fn each_problem_has_the_loss_of_its_rule_or_a_documented_other_one() {
    for file in whole_corpus() {
        for problem in file.problems() {
            let rule = rule(problem.code).unwrap();
            let is_documented = rule.loss == problem.loss || rule.other_losses.contains(&problem.loss);
            assert!(is_documented, "{}: {}", file.path.display(), spell(&[problem]));
        }
    }
}

#[test]
fn each_loss_of_a_rule_occurs_in_its_files_and_the_largest_is_the_usual_one() {
    for rule in rules() {
        let found: BTreeSet<_> = files(rule.code, "bad")
            .iter()
            .flat_map(File::problems)
            .filter(|problem| problem.code == rule.code)
            .map(|problem| (problem.loss.is_none(), problem.loss))
            .collect();
        let declared: BTreeSet<_> = std::iter::once(rule.loss)
            .chain(rule.other_losses.iter().copied())
            .map(|loss| (loss.is_none(), loss))
            .collect();
        assert_eq!(found, declared, "{}", rule.code);
        assert_eq!(declared.first().map(|(_, loss)| *loss), Some(rule.loss), "{}", rule.code);
        assert_eq!(declared.len(), 1 + rule.other_losses.len(), "{}", rule.code);
    }
}
