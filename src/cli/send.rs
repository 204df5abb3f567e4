//! `send`: check a payload, agree with the person, send it, explain the answer.
//!
//! Errors end the way before anything leaves the machine. Warnings ask, where there is somebody to ask.

use super::argument::{Format, SendArguments};
use super::configuration::configuration;
use super::console::Console;
use super::examiner::Examiner;
use super::finding::{Examined, Finding, is_grave};
use super::json::{self, SendResult};
use super::load;
use super::post::{self, Posted, Posting};
use super::report::{self, HumanReport, ReportStyle};
use super::source::InputSource;
use super::target::Choice;
use super::{Exit, redaction, target};
use crate::app::review::SENT_BEFORE;
use crate::check::Severity;
use crate::document::Value;
use crate::import::Imported;
use crate::journal::{AttemptState, CONSEQUENCE, PreviousAttempt, Repeat};
use crate::runtime::network::Delivery;
use crate::text::{self, Visible};
use crate::wire::{self, Environment, Explanation, Failure, FailureKind, KeyLeak, Reply, Request, Secret};
use crate::world::World;

/// The outcome of a send that was never made.
const NOT_SENT: &str = "not-sent";

/// A payload, checked and ready to go.
struct SendPlan<'a> {
    arguments: &'a SendArguments,
    environment: Environment,
    examined: &'a Examined,
    request: Request,
}

pub(super) fn send(
    arguments: &SendArguments,
    world: &dyn World,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    let exit = attempt(arguments, world, console);
    if !arguments.no_fail {
        return exit;
    }
    if let Err(fault) = exit {
        Console::say(format!("sei-compose: {fault:#}"));
    }
    Ok(Exit::Done)
}

fn attempt(arguments: &SendArguments, world: &dyn World, console: &mut Console) -> anyhow::Result<Exit> {
    let config = configuration(world)?;
    let loaded = match InputSource::read(world, &arguments.file)?.load() {
        Ok(loaded) => loaded,
        Err(unread) => {
            return unreadable(arguments, &Examiner::unread(unread.source, &unread.fault), console);
        }
    };
    load::say_reading(&loaded.imported);
    target::expect_known(&config, &loaded.imported, &arguments.target)?;
    let choice = Choice {
        named: arguments.target.env.as_deref(),
        of_draft: loaded.imported.environment.as_deref(),
        base_url: arguments.target.base_url.as_deref(),
    };
    let environment = target::require(world, &config, &choice)?;
    let request = wire::job_run(&environment, &loaded.imported.document);
    let examined = Examiner::new(world, &config, Some(&environment)).examined(loaded);
    let plan = SendPlan { arguments, environment, examined: &examined, request };
    plan.show_problems();
    if examined.counts().errors > 0 {
        return plan.refuse(console);
    }
    if let Some(exposure) = redaction::key_leak(&plan.request) {
        return plan.withhold(&exposure, console);
    }
    if arguments.consent.dry_run {
        return plan.preview(console);
    }
    target::check_address(&plan.environment)?;
    let key = target::key(world, &plan.environment)?;
    // The key may be known only now.
    if let Some(exposure) = redaction::key_leak(&plan.request) {
        return plan.withhold(&exposure, console);
    }
    if !plan.is_agreed(console)? {
        Console::say("Nothing was sent.");
        return Ok(Exit::Cancelled);
    }
    plan.post(world, &key, console)
}

/// A text that is no payload at all: shown with its place, and nothing leaves.
fn unreadable(arguments: &SendArguments, examined: &Examined, console: &mut Console) -> anyhow::Result<Exit> {
    Console::say(HumanReport::new(ReportStyle::plain()).on(examined));
    Console::say("Nothing was sent.");
    if arguments.format == Format::Json {
        let sent = SendResult {
            outcome: NOT_SENT,
            status: None,
            attempts: 0,
            environment: arguments.target.env.as_deref().unwrap_or_default(),
            url: "",
            identity: json::JsonIdentity::of(&Value::Null),
            problems: json::entries(&examined.findings),
            reply: None,
        };
        console.print(json::line(&sent)?)?;
    }
    Ok(Exit::Faulty)
}

impl SendPlan<'_> {
    fn payload(&self) -> &Value {
        self.examined.imported.as_ref().map_or(&Value::Null, |imported| &imported.document)
    }

    /// Errors and warnings beside the results; hints are for `check`.
    fn show_problems(&self) {
        let Examined { findings, .. } = self.examined;
        let grave = findings.iter().filter(|finding: &&Finding| is_grave(finding));
        let report = HumanReport::new(ReportStyle::plain()).of(&self.examined.label(), self.examined, grave);
        if !report.is_empty() {
            Console::say(text::visible_lines(report.trim_end()));
            Console::say("");
        }
    }

    fn refuse(&self, console: &mut Console) -> anyhow::Result<Exit> {
        let counts = report::summary(self.examined.counts());
        Console::say(format!("Nothing was sent: {counts}. Errors have to be mended first."));
        self.print_json(NOT_SENT, None, console)?;
        Ok(Exit::Faulty)
    }

    fn withhold(&self, exposure: &KeyLeak, console: &mut Console) -> anyhow::Result<Exit> {
        print_blocked(exposure, &self.environment);
        self.print_json(NOT_SENT, None, console)?;
        Ok(Exit::Faulty)
    }

    fn preview(&self, console: &mut Console) -> anyhow::Result<Exit> {
        Console::say("A dry run: nothing was sent.");
        match self.arguments.format {
            Format::Human => console.data(&wire::as_http(&self.request))?,
            Format::Json => self.print_json(NOT_SENT, None, console)?,
        }
        Ok(Exit::Done)
    }

    /// Sends, unless the run is being sent or was sent and nobody agrees that it goes out again.
    fn post(&self, world: &dyn World, key: &Secret, console: &mut Console) -> anyhow::Result<Exit> {
        let Environment { label, .. } = &self.environment;
        let (size, host) = (text::bytes(self.request.body.len()), self.environment.host());
        let words = Visible::from(format!("Sending {size} to {label} ({host}) …"));
        let mut repeat = if self.arguments.consent.yes { Repeat::Always } else { Repeat::Never };
        loop {
            let (environment, request) = (&self.environment, &self.request);
            match post::post(world, &Posting { environment, request, repeat, key, words: words.clone() })? {
                Posted::Ended(delivery) => return self.report(&delivery, console),
                Posted::Exposed(exposure) => {
                    print_blocked(&exposure, &self.environment);
                    self.print_json(NOT_SENT, None, console)?;
                    return Ok(Exit::Faulty);
                }
                Posted::Repeated(earlier) if !self.is_repeat_agreed(&earlier, console)? => {
                    Console::say("Nothing was sent.");
                    return Ok(Exit::Cancelled);
                }
                Posted::Repeated(PreviousAttempt { standing: AttemptState::InFlight, .. }) => {
                    repeat = Repeat::Always
                }
                Posted::Repeated(_) => repeat = Repeat::AfterPrevious,
            }
        }
    }

    /// Whether the person agrees now that the run goes out again.
    fn is_repeat_agreed(&self, earlier: &PreviousAttempt, console: &mut Console) -> anyhow::Result<bool> {
        let words = format!("{earlier} {CONSEQUENCE}");
        if !Console::can_ask() {
            return self.refuse_unasked(&format!("{words} Add --yes to send it again."), console);
        }
        Console::say(words);
        let answer = Console::ask("Send it again? [y/N]")?.unwrap_or_default();
        Ok(is_yes(&answer))
    }

    /// Refuses what needs a yes where nobody can be asked.
    fn refuse_unasked<T>(&self, words: &str, console: &mut Console) -> anyhow::Result<T> {
        self.print_json(NOT_SENT, None, console)?;
        anyhow::bail!("{words}")
    }

    /// Whether the person agreed, beforehand or now.
    fn is_agreed(&self, console: &mut Console) -> anyhow::Result<bool> {
        let consent = &self.arguments.consent;
        let label = &self.environment.label;
        let is_guessed = self.examined.imported.as_ref().is_some_and(Imported::is_guessed);
        if is_guessed && !consent.yes {
            if !Console::can_ask() {
                return self.refuse_unasked(
                    "The input had to be repaired, and there is nobody to ask whether it was meant so. Look at it \
                     with --dry-run, then add --yes to send.",
                    console,
                );
            }
            let answer = Console::ask("Send it as repaired? [y/N]")?.unwrap_or_default();
            if !is_yes(&answer) {
                return Ok(false);
            }
        }
        if self.environment.protected && !consent.yes {
            if !Console::can_ask() {
                let words = format!("{label} is protected, and there is nobody to ask. Add --yes to send.");
                return self.refuse_unasked(&words, console);
            }
            if !is_name_typed(&self.environment, "send")? {
                return Ok(false);
            }
        }
        // Whether a run goes out again is asked when it does.
        let is_asked = |finding: &&Finding| {
            finding.problem.severity == Severity::Warning && finding.problem.code != SENT_BEFORE
        };
        let warnings = self.examined.findings.iter().filter(is_asked).count();
        if warnings == 0 || consent.force_warnings || !Console::can_ask() {
            return Ok(true);
        }
        let question = format!("Send with {}? [y/N]", text::count(warnings, "warning", "warnings"));
        let answer = Console::ask(question)?.unwrap_or_default();
        Ok(is_yes(&answer))
    }

    fn report(&self, delivery: &Delivery, console: &mut Console) -> anyhow::Result<Exit> {
        let Delivery { result, attempts } = delivery;
        if say_cancelled(result) {
            self.print_json(wire::outcome(result).word(), Some(delivery), console)?;
            return Ok(Exit::Cancelled);
        }
        let explanation = wire::explain(&self.request, &self.environment, result).after(*attempts);
        match self.arguments.format {
            Format::Human => console.line(text::visible(&explanation.headline))?,
            Format::Json => {
                Console::say(text::visible(&explanation.headline));
                self.print_json(explanation.outcome.word(), Some(delivery), console)?;
            }
        }
        say_explanation(&explanation, &self.environment);
        Ok(Exit::Answered(explanation.outcome))
    }

    fn print_json(
        &self,
        outcome: &str,
        delivery: Option<&Delivery>,
        console: &mut Console,
    ) -> anyhow::Result<()> {
        if self.arguments.format == Format::Human {
            return Ok(());
        }
        let reply = delivery.and_then(|delivery| delivery.result.as_ref().ok());
        let sent = SendResult {
            outcome,
            status: reply.map(|reply| reply.status),
            attempts: delivery.map_or(0, |delivery| delivery.attempts),
            environment: &self.environment.id,
            url: &self.request.url,
            identity: json::JsonIdentity::of(self.payload()),
            problems: json::entries(&self.examined.findings),
            reply: reply.and_then(|reply| json::reply(&reply.body)),
        };
        console.print(json::line(&sent)?)?;
        Ok(())
    }
}

/// Asks for the name of a protected environment; whether it was typed.
pub(super) fn is_name_typed(environment: &Environment, aim: &str) -> anyhow::Result<bool> {
    let Environment { id, label, .. } = environment;
    let question = format!("{label} is protected. Type its name, {id}, to {aim}:");
    let answer = Console::ask(question)?.unwrap_or_default();
    Ok(answer.eq_ignore_ascii_case(id))
}

fn is_yes(answer: &str) -> bool {
    ["y", "yes"].contains(&answer.to_lowercase().as_str())
}

/// Why a request stays here: the key stands in it.
pub(super) fn print_blocked(exposure: &KeyLeak, environment: &Environment) {
    let explanation = exposure.explanation();
    Console::say(format!("{}.", text::visible(&explanation.headline)));
    say_explanation(&explanation, environment);
}

/// Whether a signal ended the wait; then says what that leaves open.
pub(super) fn say_cancelled(result: &Result<Reply, Failure>) -> bool {
    let Err(Failure { kind: FailureKind::Cancelled, sent, .. }) = result else { return false };
    Console::say(if *sent {
        "Cancelled after the request had left: it may have been accepted all the same, so the outcome is unknown."
    } else {
        "Cancelled: nothing was accepted."
    });
    true
}

/// What an answer means and what to do now, beside the results.
pub(super) fn say_explanation(explanation: &Explanation, environment: &Environment) {
    let sentences = explanation.meaning.iter().map(String::as_str);
    let ways = explanation.suggestions.iter().filter_map(|way| way.in_shell(environment));
    let steps = explanation.next.iter().cloned().chain(ways).map(|step| format!("- {step}"));
    for line in sentences.map(str::to_owned).chain(steps) {
        Console::say(text::visible(&line));
    }
}
