# Inputs besides data: the code of a step's package and the declared files it uses.
# A change of either runs the step again; a change elsewhere does not. Settings of config.yaml are `params`,
# so that a new language or threshold concerns only the steps that use it.
LIBRARY = Path(os.path.relpath(Path(workflow.basedir, "src/lfs")))
CONFIG = Path("config")


def files_in(folder, pattern="*"):
    found = (path for path in Path(folder).rglob(pattern) if path.is_file())
    return sorted(path.as_posix() for path in found if "__pycache__" not in path.parts)


def code(package):
    shared = [LIBRARY / name for name in ("__main__.py", "files.py", "design.py")]
    return [
        *files_in(LIBRARY / package),
        *files_in(LIBRARY / "metadata", "*.py"),
        *(path.as_posix() for path in shared if path.exists()),
    ]


def declared(*names):
    """The library's and the survey's own declared files and folders of these names, where they exist."""
    places = [folder / name for name in names for folder in (LIBRARY / "standard", CONFIG)]
    return [file for place in places for file in ([place.as_posix()] if place.is_file() else files_in(place))]


def deliveries_of(wildcards):
    return [delivery for delivery in deliveries if delivery.round == wildcards.round]


def raw_files(wildcards):
    return [delivery.file for delivery in deliveries_of(wildcards)]


def results(wildcards):
    """Everything that is to be made; a file that should have been delivered and is not there is named at once."""
    missing = [
        f"config/rounds.csv, round {delivery.round}: office {delivery.office} has not delivered {delivery.file}. "
        "Put the file there, or take the row out to run the round without this office."
        for delivery in deliveries
        if not delivery.synthetic
        and not Path(delivery.file).exists()
        and not Path(f"data/processed/answers/{delivery.round}.parquet").exists()
    ]
    if missing:
        raise WorkflowError("\n".join(missing))
    return [*reports, "data/processed/manifest.csv"]


def office_files(wildcards):
    return [
        file for delivery in deliveries_of(wildcards) for file in files_in(CONFIG / "offices", f"{delivery.office}*")
    ]


def rows_of_rounds(wildcards):
    return [delivery.model_dump_json() for delivery in deliveries_of(wildcards)]


def rounds_before(wildcards):
    """Rounds share PSUs: which ones came before a round is part of what it is."""
    return rounds[: rounds.index(wildcards.round)]


def settings(*names):
    """What config.yaml says of these names, as text."""
    return repr({name: getattr(survey.config, name) for name in sorted(names)})
