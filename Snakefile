# From the raw files of a survey's rounds to its report:  snakemake  (or `make run`)
# The working folder is the survey: this folder is Iraq's, others run with --directory examples/<name>.
import hashlib
import os
import sys
from pathlib import Path

from snakemake.exceptions import WorkflowError
from snakemake.utils import min_version

from lfs.metadata import SurveyError, load_survey

min_version("9.16")

# Jobs find this Python also where the environment is not activated, and keep compiled modules:
# without them every job compiles pandas again.
os.environ.update(PATH=os.pathsep.join([os.path.dirname(sys.executable), *os.get_exec_path()]))
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

try:
    survey = load_survey(Path())
    deliveries = survey.rounds
except SurveyError as error:
    raise WorkflowError(f"The survey in {Path.cwd()} cannot run as it is declared:\n{error}")

rounds = list(dict.fromkeys(delivery.round for delivery in deliveries))
languages = list(survey.config.languages)


wildcard_constraints:
    round="|".join(rounds),
    language="|".join(languages),


include: "workflow/rules/inputs.smk"
include: "workflow/rules/prepare.smk"
include: "workflow/rules/estimate.smk"
include: "workflow/rules/publish.smk"
include: "workflow/rules/check.smk"


rule all:
    default_target: True
    input:
        results,
    message:
        "Every result is there"


onsuccess:
    print(f"Done. Read {' and '.join(f'reports/{language}/report.html' for language in languages)}")


onerror:
    print("Stopped; the message above says why, and nothing half-written was kept. Mend it and run again.")
