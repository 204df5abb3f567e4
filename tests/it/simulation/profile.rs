//! Where a run counts: the filters of a profile, and what is open without one.

use sei_compose::document::{Value, read};
use sei_compose::simulation::{Answer, MetricAnswers, Profile, SimulationFacts, simulate, uncounted};
use sei_compose::world::config::{self, read_profile};
use sei_compose::world::profile;

use super::pair::deployment;
use super::{changed, new, run, run_with};

fn counts(run: &Value, profile: Option<&Profile>) -> MetricAnswers {
    simulate(run, &SimulationFacts { profile, ..new() }).counts
}

/// The answer for deployment frequency with these filters.
fn frequency(run: &Value, filters: &str) -> (String, String) {
    let profile = read_profile(&format!("[deployment_frequency]\n{filters}\n")).unwrap();
    let answer = counts(run, Some(&profile)).deployment_frequency;
    (answer.answer.word().to_owned(), answer.because)
}

#[test]
fn without_a_profile_the_conditions_are_named() {
    let counts = counts(&deployment(), None);
    for answer in [&counts.deployment_frequency, &counts.change_failure_rate, &counts.lead_time] {
        assert_eq!(answer.answer.word(), "depends", "{}", answer.because);
    }
    assert!(counts.deployment_frequency.because.contains("ci and cd have no effect"));
    assert!(counts.change_failure_rate.because.contains("“SUCCESS”"));
    assert!(counts.lead_time.because.contains("1 commit"));
}

#[test]
fn each_filter_compares_exactly() {
    let run = deployment();
    for (filters, answer, because) in [
        ("", "yes", ""),
        (r#"status = ["SUCCESS", "UNSTABLE"]"#, "yes", ""),
        (r#"status = "success""#, "no", "Upper and lower case differ."),
        (r#"status = { is_not = ["SUCCESS"] }"#, "no", "the profile excludes “SUCCESS”"),
        (r#"status = { is_not = ["ABORTED"] }"#, "yes", ""),
        (r#"status = { STARTS_WITH = ["S"] }"#, "depends", "“STARTS_WITH”"),
        (r#"instance = ["Bank CI"]"#, "yes", ""),
        (r#"triggered_by = ["someone"]"#, "no", "The triggered by is “ines.duarte”"),
        (r#"stage = ["Roll out"]"#, "yes", ""),
        (r#"stage = ["roll out"]"#, "no", "stage name is “Roll out”"),
        (r#"step = ["anything"]"#, "no", "The run has no step name"),
        (r#"job = ["bank/payments/deploy-production"]"#, "yes", ""),
        (r#"job = ["payments-deploy"]"#, "yes", ""),
        (r#"parameters = ["target=production", "other=1"]"#, "yes", ""),
        (r#"parameters = ["target=staging"]"#, "no", "target=production"),
        (r"cfr_status = true", "depends", "cfr_status is absent"),
        (r"cfr_status = false", "yes", ""),
        (r#"themes = ["payments/cards"]"#, "yes", ""),
        (r#"themes = ["cards"]"#, "no", "theme"),
        (r#"project = ["payments"]"#, "yes", ""),
        (r#"environment = ["production"]"#, "no", "never matches a custom run"),
        // All filters must match; of the values of one filter, one must.
        ("status = [\"SUCCESS\"]\nstage = [\"Build\"]", "no", "stage name"),
    ] {
        let (found, why) = frequency(&run, filters);
        assert_eq!(found, answer, "{filters}: {why}");
        assert!(why.contains(because), "{filters}: {why}");
    }
}

#[test]
fn a_filter_sees_stored_names_only() {
    let long = "x".repeat(60);
    let run = changed(&deployment(), "/job_run/stages/0/displayName", &format!("\"{long}\""));
    assert_eq!(frequency(&run, &format!("stage = [\"{}\"]", long.get(..50).unwrap())).0, "yes");
    assert_eq!(frequency(&run, &format!("stage = [\"{long}\"]")).0, "no");
    let lost = changed(&deployment(), "/job_run/stages/0/id", "");
    assert_eq!(frequency(&lost, "stage = [\"Roll out\"]").0, "no", "the stage is not stored");
}

#[test]
fn change_failure_rate_has_two_sets() {
    let profile = |total: &str, failures: &str| {
        let text =
            format!("[change_failure_rate.total]\n{total}\n[change_failure_rate.failures]\n{failures}\n");
        read_profile(&text).unwrap()
    };
    let failed = changed(&deployment(), "/result", "\"FAILURE\"");
    let answer = |run: &Value, profile: &Profile| {
        let answer = counts(run, Some(profile)).change_failure_rate;
        format!("{}: {}", answer.answer.word(), answer.because)
    };
    let usual = profile("", r#"status = ["FAILURE"]"#);
    assert!(answer(&failed, &usual).starts_with("yes: Counts as a failed deployment."));
    assert!(answer(&deployment(), &usual).starts_with("yes: Counts as a successful deployment."));
    let narrow = profile(r#"status = ["SUCCESS"]"#, r#"status = ["FAILURE"]"#);
    assert!(answer(&failed, &narrow).contains("the rate is too high"));
    let other = profile(r#"job = ["x"]"#, r#"job = ["x"]"#);
    assert!(answer(&failed, &other).starts_with("no: The job is"));
    let only_total = read_profile("[change_failure_rate.total]\njob = [\"x\"]\n").unwrap();
    assert!(answer(&failed, &only_total).starts_with("no: "));
}

#[test]
fn lead_time_needs_commits() {
    let profile = read_profile("[lead_time]\nstatus = [\"SUCCESS\"]\n").unwrap();
    assert_eq!(counts(&deployment(), Some(&profile)).lead_time.answer.word(), "yes");
    let without = changed(&deployment(), "/scm_commit_ids", "[]");
    let answer = counts(&without, Some(&profile)).lead_time;
    assert_eq!(answer.answer.word(), "no");
    assert_eq!(answer.at.unwrap().to_string(), "/scm_commit_ids");
}

const TEAM: &str = r#"{"groupedFilters":{"CI":[],"CD":[
    {"filterKey":"PROJECT","operator":"EQUALS","values":["payments"],"applicableMetrics":["DF","CFR"]},
    {"filterKey":"PIPELINE_STATUS","operator":"NOT_EQUALS","values":["ABORTED"],"applicableMetrics":["DF"]},
    {"filterKey":"PIPELINE_NAME","operator":"EQUALS","values":["payments-deploy"]},
    {"filterKey":"SERVICE","operator":"EQUALS","values":["api"],"applicableMetrics":["CFR"]}]}}"#;

#[test]
fn the_filters_of_a_team_are_imported_and_survive_the_file() {
    let imported = Profile::from_team_filters(&read(TEAM).unwrap()).unwrap();
    let text = profile::write(&imported);
    assert_eq!(read_profile(&text).unwrap(), imported, "{text}");
    let counts = counts(&deployment(), Some(&imported));
    assert_eq!(counts.deployment_frequency.answer.word(), "yes", "{}", counts.deployment_frequency.because);
    assert_eq!(counts.change_failure_rate.answer.word(), "no");
    assert!(counts.change_failure_rate.because.contains("never matches a custom run"));
    assert_eq!(imported.unmatched().unwrap(), "1 filter never matches a custom run: service.");
}

#[test]
fn other_json_is_refused_with_what_is_missing() {
    for (json, why) in [
        ("{}", "has no “groupedFilters”"),
        (r#"{"groupedFilters":{}}"#, "has no list “CD”"),
        (r#"{"groupedFilters":{"CD":[{"values":["x"]}]}}"#, "Filter 1 of “CD” has no “filterKey”"),
        (r#"{"groupedFilters":{"CD":[{"filterKey":"PROJECT","values":[1]}]}}"#, "list “values” of texts"),
    ] {
        let fault = Profile::from_team_filters(&read(json).unwrap()).unwrap_err();
        assert!(fault.contains(why), "{json}: {fault}");
    }
    assert!(Profile::from_team_filters(&read(&format!(r#"{{"data":{TEAM}}}"#)).unwrap()).is_ok());
}

#[test]
fn a_fault_of_the_file_names_its_line_and_value() {
    let faults = read_profile(
        "kind = \"squads\"\n[deployment_frequency]\nstaus = [\"x\"]\nstatus = 5\nparameters = [\"a\"]\n[change_failure_rate]\nboth = 1\n",
    )
    .unwrap_err();
    let shown: Vec<String> =
        faults.iter().map(|fault| format!("{}: {}", fault.line, fault.message)).collect();
    assert_eq!(
        shown,
        [
            "1: kind should be \"collections\" or \"teams\".",
            "3: “staus” is not a setting of a profile. Did you mean status?",
            "4: status should be a list of texts, such as [\"SUCCESS\"], not 5.",
            "5: parameters should be name=value, not “a”.",
            "7: “both” is not a setting of a profile. Use total, failures.",
        ]
    );
}

#[test]
fn a_profile_of_an_environment_goes_before_the_file_and_its_faults_never_block() {
    let config = config::read("[environments.eu.profile.lead_time]\nstatus = [\"SUCCESS\"]\n").unwrap();
    assert!(config.profiles.of(Some("eu")).is_some() && config.profiles.of(Some("prod2")).is_none());
    let faulty = config::read("[environments.eu.profile.lead_time]\nstatus = 7\n").unwrap();
    assert!(faulty.profiles.of(Some("eu")).is_none());
    assert_eq!(
        faulty.notes,
        [
            "config.toml:2: status should be a list of texts, such as [\"SUCCESS\"], not 7. The profile is not used."
        ]
    );
}

#[test]
fn the_check_excludes_what_the_simulation_does_not_count() {
    let of = |toml: &str| read_profile(toml).unwrap();
    let lost_stage = run_with("/job_run/stages/0/id", "");
    let cases = [
        (run(), "[deployment_frequency]\nstage = [\"Deploy\"]\n"),
        // SEI drops a stage without an id, and all later ones.
        (lost_stage, "[deployment_frequency]\nstage = [\"Deploy\"]\n"),
        (run(), "[deployment_frequency]\nstatus = [\"success\"]\n"),
        (run(), "[deployment_frequency]\nstatus = [\"SUCCESS\"]\n"),
        (run(), "[deployment_frequency]\nservice = [\"web\"]\n"),
        (run(), "[deployment_frequency]\ncfr_status = true\n"),
    ];
    let mut excluded = 0;
    for (run, toml) in cases {
        let profile = of(toml);
        let is_excluded = !uncounted(&run, &profile).is_empty();
        excluded += usize::from(is_excluded);
        let answer = counts(&run, Some(&profile)).deployment_frequency.answer;
        assert_eq!(is_excluded, answer == Answer::No, "{toml}");
    }
    assert_eq!(excluded, 3);
}
