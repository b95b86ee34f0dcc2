"""What people answer: the form of the ILO model questionnaire filled in by people whose true status is known.

One module a part of the form; each asks only whom the form asks, in the form's order.
"""

from lfs.synthesise.answers.hours import answer_hours, answer_pay
from lfs.synthesise.answers.job import answer_job
from lfs.synthesise.answers.people import People
from lfs.synthesise.answers.roster import answer_displacement, answer_education, answer_roster
from lfs.synthesise.answers.search import answer_search
from lfs.synthesise.answers.work import answer_work, true_jobs

__all__ = ["People", "fill_in"]


def fill_in(people: People) -> None:
    """Fills in the whole form; the answers are in people.answers, by the names of the dictionary."""
    answer_roster(people)
    answer_displacement(people)
    answer_education(people)
    jobs = true_jobs(people)
    answer_work(people, jobs)
    answer_job(people, jobs)
    answer_hours(people, jobs)
    answer_pay(people, jobs)
    answer_search(people)
