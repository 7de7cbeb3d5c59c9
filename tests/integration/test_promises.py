"""What README, SECURITY.md, the pages and the comments of the examples promise, and the test that holds each promise.

A sentence that is changed has to be found here, and its test read again; a test that is renamed or deleted is missed."""
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TESTS = Path(__file__).parent

README = [
    ("A file is applied with its history row, or not at all", "push::test_a_failing_file_leaves_nothing_of_itself_and_all_before_it"),
    ("an interrupted push resumes where it stopped", "interruption::test_every_point_of_a_push"),
    ("A migration that cannot get a lock within two seconds is rolled back and tried again", "lock::test_whoever_is_in_the_way_readers_go_on"),
    ("blocks the API's requests is rolled back before they time out", "api_priority::test_whoever_has_the_limit_is_let_go_before_it"),
    ("The history table is the Supabase CLI's, byte for byte", "history::test_a_push_makes_the_table_as_the_cli_does"),
    ("runs them and rolls them back", "rehearse::test_a_rehearsal_tells_what_each_statement_does_and_leaves_nothing"),
    ("it prints the plan, finds errors at their place, and writes nothing", "dry_run::test_nothing_changes_on_the_server"),
    ("a push still compares histories and applies what an earlier, failed run left behind", "skip_unchanged::test_a_push_without_changes_applies_what_an_earlier_one_left"),
    ("All faults of all inputs are reported together, before anything is contacted", "inputs::test_all_faults_come_in_one_report"),
    ("Always set, also after a failure", "cancel::test_outputs_say_failed_even_after_a_kill"),
    ("every migration is parsed, nothing is compared, the check passes", "examples::test_a_pull_request_without_secrets_passes_from_a_fork_only"),
    ("no database connection, whatever the inputs say; a push is refused", "inputs::test_a_forks_head_beside_secrets_never_gets_a_connection"),
    ("writes nothing into the workspace but `report-file`", "source::test_nothing_is_written_into_the_workspace"),
]

SECURITY = [
    ("It starts no other program, and takes no arguments in GitHub Actions", "inputs::test_no_other_argument_is_accepted"),
    ("What this program asks means `pg_catalog`'s only", "search_path::test_nothing_of_a_stranger_runs_with_our_rights"),
    ("is read-only by the server's word", "search_path::test_a_dry_run_cannot_write"),
    ("It prints nothing raw that it has not written itself", "hostile::test_an_error_cannot_speak_to_the_runner"),
    ("Passwords, tokens and URLs are masked before the first line", "secrets::test_what_encodes_a_secret_is_one"),
    ("nothing is taken", "secrets::test_a_strangers_configuration_is_given_no_environment"),
    ("It reads no file along a symbolic link that leads out of the workspace", "source::test_a_symlink_out_of_the_workspace_is_an_error"),
    ("or into `.git`", "secrets::test_a_link_into_git_is_refused"),
    ("It lets no pull request choose what is masked", "secrets::test_a_literal_of_the_configuration_masks_nothing"),
    ("`status`, numbers, versions and digests are never masked", "secrets::test_words_and_numbers_of_the_program_are_never_masked"),
    ("a report in which something is masked says so", "secrets::test_a_report_that_is_masked_says_so"),
    ("Supabase's own hosts are verified", "project_tls::test_both_of_supabases_roots_are_pinned"),
]

PUSH = [
    ("A failure stops all that follows", "batch::test_what_is_before_a_failure_stays_and_what_follows_never_began"),
    ("`transaction: all` puts the whole push into one transaction", "push::test_all_in_one_transaction_leaves_nothing_when_one_file_fails"),
    ("refuses it before anything has run", "transactions::test_it_is_refused_in_one_transaction_before_anything_starts"),
    ("leaving a transaction open at its end is an error", "transactions::test_a_transaction_left_open_is_an_error"),
    ("runs inside our transaction instead", "transactions::test_a_file_that_wraps_itself_runs_inside_our_transaction"),
    ("are brought back before every file", "session_state::test_settings_are_restored_between_files"),
    ("only what both refuse is a syntax error", "dry_run::test_the_servers_grammar_is_asked_and_nothing_else"),
    ("Correct the file and run the job again", "push::test_a_corrected_file_is_taken_up_by_the_next_push"),
    ("Cancelling the job cancels the statement", "cancel::test_a_signal_cancels_the_statement_and_rolls_back"),
    ("the holder is named with its repository, run, process and since when", "lock::test_the_loser_names_the_winner"),
    ("cannot apply a file twice", "cli_agreement::test_the_two_at_once_run_each_file_once"),
    ("The history is read again under the lock", "lock::test_a_history_that_has_moved_meanwhile_stops_the_push"),
    ("after each part the lock is taken again", "lock_given_back::test_the_lock_is_taken_again_behind_each_part"),
    ("as it is after a deadlock", "lock::test_a_deadlock_is_tried_again"),
    ("The text of their queries is shown in debug runs only", "lock::test_queries_are_shown_to_who_asks_for_them"),
    ("Those who give up one after the other count as one wait", "api_priority::test_those_who_give_up_one_after_the_other_are_one_wait"),
    ("turns this off, too", "api_priority::test_without_a_lock_timeout_others_wait"),
    ("may take their time: no timeout ends them", "index::test_a_build_takes_its_time"),
    ("dropped and built again", "index::test_an_invalid_index_is_dropped_and_built_again"),
    ("one that is there already is left alone", "index::test_a_valid_and_equal_index_is_skipped"),
    ("every pending migration must be in the staging history with the same content", "examples::test_what_staging_has_not_had_does_not_reach_production"),
    ("all ran on staging with the same content", "promotion::test_what_has_run_on_staging_will_be_promoted"),
    ("It is red if one has not run there", "promotion::test_what_has_not_run_on_staging_is_red"),
    ("A finished job that is run again has nothing to do", "examples::test_an_approved_plan_is_pushed"),
    ("refuses any other", "examples::test_another_plan_than_the_approved_one_is_refused"),
    ("What may have committed and must not run twice is asked about", "uncertain_outcome::test_what_has_committed_and_failed_is_asked_about"),
    ("the history is read back and compared", "post_push::test_a_row_that_does_not_stay_is_noticed"),
    ("PostgREST is notified to reload its schema cache", "post_push::test_the_api_is_told_once"),
    ("invalid indexes are named", "post_push::test_invalid_indexes_are_named"),
]

GUIDE = [
    ("without them the check of a pull request parses the migrations, and passes", "inputs::test_what_dependabot_pushes_gets_no_secrets"),
    ("it says that production is up to date", "examples::test_from_a_feature_branch_to_production"),
    ("loads it once", "seeds::test_the_default_seed_is_loaded_once"),
    ("The check `promotion` says what production will get", "examples::test_from_a_feature_branch_to_production"),
    ("a pull request with `create tabel`", "examples::test_a_syntax_error_fails_the_check_of_the_pull_request"),
    ("and one that deletes it: it has run on staging", "examples::test_the_life_of_a_project"),
    ("warns of these versions, and passes", "examples::test_the_life_of_a_project"),
    ("An exception is one run by hand", "examples::test_an_exception_is_one_run_by_hand"),
    ("What is applied is not applied twice, and a failed file has left nothing", "push::test_a_corrected_file_is_taken_up_by_the_next_push"),
]

EXAMPLES = [
    ("ci.yml", "without touching the database, where no migration changed", "skip_unchanged::test_a_dry_run_without_changes_contacts_no_database"),
    ("ci.yml", "the migrations are parsed then", "examples::test_a_pull_request_without_secrets_passes_from_a_fork_only"),
    ("ci.yml", "are found with file and line", "examples::test_a_pull_request_is_red_before_the_merge_at_the_line_and_column"),
    ("staging.yml", "a run by hand on another branch, which does nothing", "examples::test_a_run_by_hand_on_another_branch_does_nothing"),
    ("cd.yml", "which receives only what staging has had", "examples::test_what_staging_has_not_had_does_not_reach_production"),
    ("approve.yml", "`push` runs exactly that plan or stops", "examples::test_another_plan_than_the_approved_one_is_refused"),
    ("fleet.yml", "first to a canary, then to all others", "examples::test_a_failing_canary_stops_the_fleet"),
    ("fleet.yml", "each request changes its password", "examples::test_no_example_asks_for_one_login_role_at_the_same_time"),
    ("compare.yml", "is production's schema what staging's is", "examples::test_every_night_the_two_are_compared"),
]

PROMISES = [(name, *promise) for name, promises in (
    ("README.md", README), ("SECURITY.md", SECURITY), ("docs/how-a-push-runs.md", PUSH),
    ("docs/staging-environment.md", GUIDE)) for promise in promises]
PROMISES += [("examples/" + name, sentence, test) for name, sentence, test in EXAMPLES]


def words(text):
    """Without the marks of Markdown and of comments."""
    return re.sub(r"[*#\s]+", " ", text).lower()


@pytest.mark.parametrize("document, sentence, test", PROMISES, ids=[sentence[:60] for _, sentence, _ in PROMISES])
def test_a_promise_has_its_test(document, sentence, test):
    assert words(sentence) in words((ROOT / document).read_text()), "%s no longer says: %s" % (document, sentence)
    module, name = test.split("::")
    text = (TESTS / ("test_%s.py" % module)).read_text()
    assert re.search(r"^def %s\(" % re.escape(name), text, re.MULTILINE), "there is no test " + test
