# ruff: noqa: E501 (case tables are as wide as they are)
"""Work of children, written from SDG 8.7.1 and the 18th ICLS, resolution II."""

from pandas import Series

from lfs.derive import make_people
from lfs.derive.module_universes import age_5_to_14

CONCEPTS = ["child_in_employment", "hazardous_child_work", "child_labour", "child_labour_or_chores"]


def test_hours_of_work_by_age_below_15(derived, agree):
    """5-11: one hour or more. 12-14: 14 hours or more. Any age: 43 hours or more are hazardous."""
    cases = derived(
        """
        case              | age | child_worked | child_work_hours | child_occupation | child_industry | child_hazards | child_in_employment | hazardous_child_work | child_labour
        four              | 4   |              |                  |                  |                |               |                     |                      |
        five, no work     | 5   | no           |                  |                  |                |               | no                  | no                   | no
        five, an hour     | 5   | yes          | 1                | 5223             | 4711           | +             | yes                 | no                   | yes
        eleven, an hour   | 11  | yes          | 1                | 5223             | 4711           | +             | yes                 | no                   | yes
        eleven, 43        | 11  | yes          | 43               | 5223             | 4711           | +             | yes                 | yes                  | yes
        eleven, open      | 11  | yes          | ?                | 5223             | 4711           | +             | yes                 | no                   | yes
        twelve, 13        | 12  | yes          | 13               | 5223             | 4711           | +             | yes                 | no                   | no
        twelve, 14        | 12  | yes          | 14               | 5223             | 4711           | +             | yes                 | no                   | yes
        fourteen, 13      | 14  | yes          | 13               | 5223             | 4711           | +             | yes                 | no                   | no
        fourteen, 42      | 14  | yes          | 42               | 5223             | 4711           | +             | yes                 | no                   | yes
        fourteen, 43      | 14  | yes          | 43               | 5223             | 4711           | +             | yes                 | yes                  | yes
        fourteen, open    | 14  | yes          | ?                | 5223             | 4711           | +             | yes                 | no                   | no
        work open         | 10  | ?            |                  |                  |                |               | no                  | no                   | no
        no age            | ?   |              |                  |                  |                |               |                     |                      |
        """,
    )
    agree(cases, *CONCEPTS[:3])


def test_hours_of_work_from_15_to_17(derived, agree):
    """From the working age the form for everybody asks; only hazardous work is child labour, 43 hours among it."""
    cases = derived(
        """
        case                   | age | worked_for_pay | job_count | actual_hours_main | actual_hours_other | occupation | industry | child_hazards | child_in_employment | hazardous_child_work | child_labour
        fifteen, not employed  | 15  | no             |           |                   |                    |            |          |               | no                  | no                   | no
        fifteen, 42            | 15  | yes            | one       | 42                |                    | 5223       | 4711     | +             | yes                 | no                   | no
        fifteen, 43            | 15  | yes            | one       | 43                |                    | 5223       | 4711     | +             | yes                 | yes                  | yes
        seventeen, 43          | 17  | yes            | one       | 43                |                    | 5223       | 4711     | +             | yes                 | yes                  | yes
        two jobs, 30 and 13    | 16  | yes            | more      | 30                | 13                 | 5223       | 4711     | +             | yes                 | yes                  | yes
        hours open             | 16  | yes            | one       | ?                 |                    | 5223       | 4711     | +             | yes                 | no                   | no
        eighteen               | 18  | yes            | one       | 60                |                    | 5223       | 4711     |               |                     |                      |
        """,
    )
    agree(cases, *CONCEPTS[:3])


def test_hazardous_branches_occupations_and_hazards(derived, agree):
    """Mining 05-09 and construction 41-43; occupations by the declared list; any hazard; each alone is enough."""
    cases = derived("""
        case                        | age | child_worked | worked_for_pay | child_occupation | child_industry | occupation | industry | child_hazards         | hazardous_child_work | child_labour
        13, shop                    | 13  | yes          |                | 5223             | 4711           |            |          | +                     | no                   | no
        13, quarry                  | 13  | yes          |                | 5223             | 0810           |            |          | +                     | yes                  | yes
        13, support to mining       | 13  | yes          |                | 5223             | 0990           |            |          | +                     | yes                  | yes
        13, food industry           | 13  | yes          |                | 5223             | 1071           |            |          | +                     | no                   | no
        13, civil engineering       | 13  | yes          |                | 5223             | 4210           |            |          | +                     | yes                  | yes
        13, car trade               | 13  | yes          |                | 5223             | 4510           |            |          | +                     | no                   | no
        13, welder in a shop        | 13  | yes          |                | 7212             | 4711           |            |          | +                     | yes                  | yes
        13, building labourer       | 13  | yes          |                | 9313             | 4711           |            |          | +                     | yes                  | yes
        13, refuse sorter           | 13  | yes          |                | 9612             | 4711           |            |          | +                     | yes                  | yes
        13, farm labourer           | 13  | yes          |                | 9211             | 0111           |            |          | +                     | no                   | no
        13, farm, chemicals         | 13  | yes          |                | 9211             | 0111           |            |          | dust_or_chemicals     | yes                  | yes
        13, shop, night             | 13  | yes          |                | 5223             | 4711           |            |          | night_work            | yes                  | yes
        13, heavy loads and heights | 13  | yes          |                | 5223             | 4711           |            |          | heavy_loads+heights_or_underground | yes     | yes
        13, hazards open            | 13  | yes          |                | 5223             | 4711           |            |          | ?                     | no                   | no
        13, all open                | 13  | yes          |                | ?                | ?              |            |          | ?                     | no                   | no
        16, shop                    | 16  |              | yes            |                  |                | 5223       | 4711     | +                     | no                   | no
        16, oil field               | 16  |              | yes            |                  |                | 5223       | 0610     | +                     | yes                  | yes
        16, lorry driver            | 16  |              | yes            |                  |                | 8332       | 4923     | +                     | yes                  | yes
        16, shop, heat              | 16  |              | yes            |                  |                | 5223       | 4711     | extreme_conditions    | yes                  | yes
        30, oil field               | 30  |              | yes            |                  |                | 5223       | 0610     |                       |                      |
    """)
    agree(cases, "hazardous_child_work", "child_labour")


def test_the_national_list_replaces_the_lists(derived, agree):
    """ILO Convention 182, art. 4: which work is hazardous is for national law to say."""
    cases = derived(
        """
        case       | age | child_worked | child_occupation | child_industry | child_hazards | hazardous_child_work
        quarry     | 13  | yes          | 5223             | 0810           | +             | no
        brick kiln | 13  | yes          | 5223             | 2392           | +             | yes
        hawker     | 13  | yes          | 9520             | 4789           | +             | yes
        welder     | 13  | yes          | 7212             | 4711           | +             | no
        """,
        settings={
            "working_age": 15,
            "hours_threshold": 40,
            "hazardous_branches": ("2392",),
            "hazardous_occupations": ("95",),
        },
    )
    agree(cases, "hazardous_child_work")


def test_chores(derived, agree):
    """General production boundary: chores of 21 hours or more count at 5-14, and not from 15 on."""
    cases = derived("""
        case                 | age | child_worked | child_work_hours | child_occupation | child_industry | child_hazards | child_chores_hours | child_labour | child_labour_or_chores
        20 hours             | 8   | no           |                  |                  |                |               | 20                 | no           | no
        21 hours             | 8   | no           |                  |                  |                |               | 21                 | no           | yes
        fourteen, 21         | 14  | no           |                  |                  |                |               | 21                 | no           | yes
        fifteen, 30          | 15  |              |                  |                  |                |               | 30                 | no           | no
        chores open          | 8   | no           |                  |                  |                |               | ?                  | no           | no
        light work, chores   | 13  | yes          | 10               | 5223             | 4711           | +             | 21                 | no           | yes
        works, no chores     | 8   | yes          | 2                | 5223             | 4711           | +             | 0                  | yes          | yes
    """)
    agree(cases, "child_labour", "child_labour_or_chores")


def test_no_child_is_asked_both_ways_where_the_working_age_is_lower(table, as_answers, variables):
    """From a working age of 10 on, the form for everybody asks; the module asks to 9, and the limits of age stay."""
    cells = table("""
        case         | age | child_worked | worked_for_pay | actual_hours_main | job_count | age_5_to_14 | child_in_employment | child_labour
        nine         | 9   | yes          |                |                   |           | yes         | yes                 | yes
        ten          | 10  |              | yes            | 2                 | one       | no          | yes                 | yes
        ten, absent  | 10  |              | yes            | 0                 | one       | no          | yes                 | no
        thirteen     | 13  |              | yes            | 13                | one       | no          | yes                 | no
        thirteen, 14 | 13  |              | yes            | 14                | one       | no          | yes                 | yes
        fifteen      | 15  |              | yes            | 20                | one       | no          | yes                 | no
    """)
    bands = {name for name, variable in variables.items() if variable.of == "age"}
    dictionary = {name: variable for name, variable in variables.items() if name not in bands}
    asked = [name for name in cells if variables[name].kind == "asked"]
    answers = as_answers(cells[asked].assign(round="2021H2", office="cso", relationship="child"))
    people, _ = make_people(answers, dictionary, {"working_age": 10, "hours_threshold": 40})
    for name in set(cells) - set(asked):
        assert people[name].map({True: "yes", False: "no"}).tolist() == cells[name].tolist(), name


def test_no_child_is_left_out_where_the_working_age_is_higher():
    """A working age of 16 leaves the module to ask those of 15; one of 21 leaves those of 18 to nobody."""
    age = Series([4, 5, 15, 16, 17, 18])
    assert age_5_to_14(age, working_age=16).tolist() == [False, True, True, False, False, False]
    assert age_5_to_14(age, working_age=21).tolist() == [False, True, True, True, True, False]
