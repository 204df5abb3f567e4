//! `send`: checks a payload, asks for confirmation, sends it and explains the reply.
//!
//! Errors block the request. Warnings ask for confirmation when a terminal is available.

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
use super::target::TargetChoice;
use super::{Exit, redaction, target};
use crate::app::review::SENT_BEFORE;
use crate::check::Severity;
use crate::document::Value;
use crate::import::Imported;
use crate::journal::{AttemptState, CONSEQUENCE, PreviousAttempt, Repeat};
use crate::runtime::network::Delivery;
use crate::text::{self, Visible};
use crate::wire::{self, Environment, Explanation, Failure, FailureKind, KeyLeak, Reply, Request, Secret};
use crate::world::{World, mapping};

/// The outcome when the program blocked the send.
const NOT_SENT: &str = "not-sent";

/// A checked payload and its request.
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
    let loaded = match InputSource::read(world, &arguments.file)?.load(&mapping::load(world)) {
        Ok(loaded) => loaded,
        Err(unread) => {
            return unreadable(arguments, &Examiner::unread(unread.source, &unread.fault), console);
        }
    };
    load::say_reading(&loaded.imported);
    target::expect_known(&config, &loaded.imported, &arguments.target)?;
    let choice = TargetChoice {
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
    if let Some(leak) = redaction::key_leak(&plan.request) {
        return plan.block(&leak, console);
    }
    if arguments.consent.dry_run {
        return plan.preview(console);
    }
    target::check_address(&plan.environment)?;
    let key = target::key(world, &plan.environment)?;
    // This key may have been unknown before.
    if let Some(leak) = redaction::key_leak(&plan.request) {
        return plan.block(&leak, console);
    }
    if !plan.is_agreed(console)? {
        Console::say("Nothing was sent.");
        return Ok(Exit::Cancelled);
    }
    plan.post(world, &key, console)
}

/// Reports a text that is not a payload; nothing is sent.
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

    /// Prints errors and warnings to standard error; hints are for `check`.
    fn show_problems(&self) {
        let Examined { findings, .. } = self.examined;
        let shown = findings.iter().filter(|finding: &&Finding| is_grave(finding));
        let report = HumanReport::new(ReportStyle::plain()).of(&self.examined.label(), self.examined, shown);
        if !report.is_empty() {
            Console::say(text::visible_lines(report.trim_end()));
            Console::say("");
        }
    }

    fn refuse(&self, console: &mut Console) -> anyhow::Result<Exit> {
        let counts = report::summary(self.examined.counts());
        Console::say(format!("Nothing was sent: {counts}. Fix the errors first."));
        self.print_json(NOT_SENT, None, console)?;
        Ok(Exit::Faulty)
    }

    fn block(&self, leak: &KeyLeak, console: &mut Console) -> anyhow::Result<Exit> {
        print_blocked(leak, &self.environment);
        self.print_json(NOT_SENT, None, console)?;
        Ok(Exit::Faulty)
    }

    fn preview(&self, console: &mut Console) -> anyhow::Result<Exit> {
        Console::say("Dry run: nothing was sent.");
        match self.arguments.format {
            Format::Human => console.data(&wire::as_http(&self.request))?,
            Format::Json => self.print_json(NOT_SENT, None, console)?,
        }
        Ok(Exit::Done)
    }

    /// Sends the run; a run that is being sent or was sent before needs confirmation.
    fn post(&self, world: &dyn World, key: &Secret, console: &mut Console) -> anyhow::Result<Exit> {
        let Environment { label, .. } = &self.environment;
        let (size, host) = (text::bytes(self.request.body.len()), self.environment.host());
        let words = Visible::from(format!("Sending {size} to {label} ({host}) …"));
        let mut repeat = if self.arguments.consent.yes { Repeat::Always } else { Repeat::Never };
        loop {
            let (environment, request) = (&self.environment, &self.request);
            match post::post(world, &Posting { environment, request, repeat, key, words: words.clone() })? {
                Posted::Ended(delivery) => return self.report(&delivery, console),
                Posted::Exposed(leak) => {
                    print_blocked(&leak, &self.environment);
                    self.print_json(NOT_SENT, None, console)?;
                    return Ok(Exit::Faulty);
                }
                Posted::Repeated(previous) if !self.is_repeat_agreed(&previous, console)? => {
                    Console::say("Nothing was sent.");
                    return Ok(Exit::Cancelled);
                }
                Posted::Repeated(PreviousAttempt { standing: AttemptState::InFlight, .. }) => {
                    repeat = Repeat::Always;
                }
                Posted::Repeated(_) => repeat = Repeat::AfterPrevious,
            }
        }
    }

    /// Whether the user agrees to send the run again.
    fn is_repeat_agreed(&self, previous: &PreviousAttempt, console: &mut Console) -> anyhow::Result<bool> {
        let words = format!("{previous} {CONSEQUENCE}");
        if !Console::can_ask() {
            return self.refuse_unasked(&format!("{words} Add --yes to send it again."), console);
        }
        Console::say(words);
        let answer = Console::ask("Send it again? [y/N]")?.unwrap_or_default();
        Ok(is_yes(&answer))
    }

    /// Refuses a send that needs confirmation when no terminal is available.
    fn refuse_unasked<T>(&self, words: &str, console: &mut Console) -> anyhow::Result<T> {
        self.print_json(NOT_SENT, None, console)?;
        anyhow::bail!("{words}")
    }

    /// Whether the user agrees to the send, by option or by answer.
    fn is_agreed(&self, console: &mut Console) -> anyhow::Result<bool> {
        let consent = &self.arguments.consent;
        let label = &self.environment.label;
        let is_guessed = self.examined.imported.as_ref().is_some_and(Imported::is_guessed);
        if is_guessed && !consent.yes {
            if !Console::can_ask() {
                return self.refuse_unasked(
                    "The input was repaired, and confirmation needs a terminal. Check the repairs with --dry-run, \
                     then add --yes to send.",
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
                let words =
                    format!("{label} is protected, and confirmation needs a terminal. Add --yes to send.");
                return self.refuse_unasked(&words, console);
            }
            if !is_name_typed(&self.environment, "send")? {
                return Ok(false);
            }
        }
        // A run that was sent before is confirmed later, in `post`.
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
        if say_canceled(result) {
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

/// Asks for the id of a protected environment; true if the answer matches.
pub(super) fn is_name_typed(environment: &Environment, aim: &str) -> anyhow::Result<bool> {
    let Environment { id, label, .. } = environment;
    let question = format!("{label} is protected. Type its id, {id}, to {aim}:");
    let answer = Console::ask(question)?.unwrap_or_default();
    Ok(answer.eq_ignore_ascii_case(id))
}

fn is_yes(answer: &str) -> bool {
    ["y", "yes"].contains(&answer.to_lowercase().as_str())
}

/// Explains that a request was blocked because it contains a key.
pub(super) fn print_blocked(leak: &KeyLeak, environment: &Environment) {
    let explanation = leak.explanation();
    Console::say(format!("{}.", text::visible(&explanation.headline)));
    say_explanation(&explanation, environment);
}

/// Whether a signal ended the wait; then also prints what is known of the outcome.
pub(super) fn say_canceled(result: &Result<Reply, Failure>) -> bool {
    let Err(Failure { kind: FailureKind::Cancelled, sent, .. }) = result else { return false };
    Console::say(if *sent {
        "Canceled after the request was sent: the server may have accepted it. The outcome is unknown."
    } else {
        "Canceled: nothing was accepted."
    });
    true
}

/// Prints the meaning of a reply and the next steps to standard error.
pub(super) fn say_explanation(explanation: &Explanation, environment: &Environment) {
    let sentences = explanation.meaning.iter().map(String::as_str);
    let suggestions =
        explanation.suggestions.iter().filter_map(|suggestion| suggestion.in_shell(environment));
    let steps = explanation.next.iter().cloned().chain(suggestions).map(|step| format!("- {step}"));
    for line in sentences.map(str::to_owned).chain(steps) {
        Console::say(text::visible(&line));
    }
}
