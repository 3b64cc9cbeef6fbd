"""What rooms declare."""

from datetime import datetime

from clock import finding
from clock.checks import check_names_are_used_once, faults_of
from clock.declared import Alarm
from clock.moments import Every
from tests.clock.jobs import MINUTE, NOON, make_job


class TestJobs:
    def test_of_all_rooms_are_found(self):
        assert {job.name.partition(".")[0] for job in finding.all_jobs()} >= {
            "alerts",
            "clock",
            "documents",
            "enquiries",
            "updates",
        }

    def test_are_named_after_their_room_and_in_words(self):
        for job in finding.all_jobs():
            assert job.run.__module__.partition(".")[0] == job.name.partition(".")[0]
            assert job.title[0].isupper()
            assert isinstance(job.when.latest(now=NOON), datetime)

    def test_publish_and_send_mail_each_minute(self):
        often = {job.name for job in finding.all_jobs() if job.when == Every(MINUTE)}
        assert often >= {"updates.publish", "enquiries.mail", "alerts.links", "documents.downloads"}

    def test_that_read_files_of_a_machine_run_on_each(self):
        on_each = {job.name for job in finding.all_jobs() if job.on_each_machine}
        assert on_each == {"documents.downloads", "search.searches"}


class TestTheCheck:
    def test_is_content_with_what_there_is(self):
        assert check_names_are_used_once(None) == []

    def test_refuses_two_of_one_name(self, monkeypatch):
        jobs = (make_job("tests.twice"), make_job("tests.twice"), make_job("tests.once"))
        monkeypatch.setattr("clock.checks.all_jobs", lambda: jobs)
        [fault] = check_names_are_used_once(None)
        assert fault.is_serious()
        assert fault.msg == "2 jobs are called tests.twice."

    def test_refuses_two_alarms_of_one_name(self):
        [fault] = faults_of([Alarm("tests.alarm", str)] * 2, "alarms", "clock.E002")
        assert fault.id == "clock.E002"
