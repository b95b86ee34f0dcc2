"""What people answer: the form of the ILO model questionnaire filled in by people whose true status is known.

One module a part of the form; each asks only whom the form asks, in the form's order.
"""

from lfs.synthesise.answers.children import answer_children
from lfs.synthesise.answers.contract import answer_contract, answer_price
from lfs.synthesise.answers.disability import answer_disability
from lfs.synthesise.answers.hours import answer_hours, answer_pay
from lfs.synthesise.answers.injury import answer_injury
from lfs.synthesise.answers.job import answer_job
from lfs.synthesise.answers.migration import answer_migration
from lfs.synthesise.answers.other_jobs import answer_other_search, answer_previous_work, answer_second_job
from lfs.synthesise.answers.own_use import answer_own_use
from lfs.synthesise.answers.people import People
from lfs.synthesise.answers.roster import answer_displacement, answer_education, answer_roster
from lfs.synthesise.answers.school_to_work import answer_first_job, answer_left_school
from lfs.synthesise.answers.search import answer_search
from lfs.synthesise.answers.work import answer_work, true_jobs

__all__ = ["People", "fill_in"]


def fill_in(people: People) -> None:
    """Fills in the whole form; the answers are in people.answers, by the names of the dictionary."""
    answer_roster(people)
    answer_disability(people)
    answer_displacement(people)
    answer_migration(people)
    answer_education(people)
    answer_left_school(people)
    jobs = true_jobs(people)
    answer_work(people, jobs)
    answer_job(people, jobs)
    answer_price(people, jobs)
    answer_second_job(people, jobs)
    answer_contract(people, jobs)
    answer_hours(people, jobs)
    answer_other_search(people)
    answer_pay(people, jobs)
    answer_search(people)
    answer_previous_work(people)
    answer_first_job(people)
    answer_own_use(people)
    answer_children(people)
    answer_injury(people)
