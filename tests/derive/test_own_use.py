# ruff: noqa: E501 (case tables are as wide as they are)
"""Own-use production, written from the 19th ICLS par. 22: goods in (b), services in (c), by the employed and others."""


def test_own_use_production(derived, agree):
    cases = derived("""
        case                      | age | worked_for_pay | own_use_work           | own_use_goods_hours | own_use_services_hours | own_use_goods_producer | own_use_services_provider | unpaid_work_hours
        none                      | 30  | no             | +                      |                     |                        | no                     | no                        | 0
        says none of these        | 30  | no             | none                   |                     |                        | no                     | no                        | 0
        housework                 | 30  | no             | housework              |                     | 20                     | no                     | yes                       | 20
        care, employed            | 30  | yes            | care                   |                     | 10                     | no                     | yes                       | 10
        water                     | 30  | no             | water                  | 5                   |                        | yes                    | no                        | 5
        firewood and housework    | 30  | no             | firewood+housework     | 3                   | 14                     | yes                    | yes                       | 17
        farm, dwelling, goods     | 30  | no             | farming+building+making_goods | 30           |                        | yes                    | no                        | 30
        hours of goods open       | 30  | no             | water+care             | ?                   | 7                      | yes                    | yes                       |
        hours of services open    | 30  | no             | care                   |                     | ?                      | no                     | yes                       |
        question left open        | 30  | no             | ?                      |                     |                        | no                     | no                        |
        a child                   | 14  |                |                        |                     |                        |                        |                           |
    """)
    agree(cases, "own_use_goods_producer", "own_use_services_provider", "unpaid_work_hours")


def test_a_farm_for_own_use_makes_a_producer_of_goods(derived, agree):
    """Who is not employed because the farm is for own use produces goods by that; hours never asked are not known."""
    cases = derived(
        """
        case                    | own_use_work | own_use_goods_hours | employed | own_use_goods_producer | unpaid_work_hours
        names it again          | farming      | 25                  | no       | yes                    | 25
        does not name it again  | +            |                    | no       | yes                    |
        """,
        worked_for_pay="no",
        worked_own_business="yes",
        farm_work="crops",
        farm_output_use="only_own_use",
        farm_hired_for_pay="no",
    )
    agree(cases, "employed", "own_use_goods_producer", "unpaid_work_hours")
