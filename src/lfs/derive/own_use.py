"""Own-use production work (19th ICLS 2013, resolution I, par. 22-26): a form of work beside employment, not below it.

Employed or not, everybody of working age is asked. Producing goods for the own household is counted apart from the
services, because only the goods enter the production boundary of national accounts.
"""

from pandas import Series


def own_use_goods_producer(asked_own_use_goods_hours: Series, own_use_farm_producer: Series) -> Series:
    """Produced goods for the own household: farm, dwelling, things made, water or firewood. 19th ICLS par. 22(b).

    Who counts as an own-use producer on a farm, and therefore not as employed, is one of them by that.
    """
    # ASSUME Who leaves the question on own-use work open is not counted as having done any.
    return asked_own_use_goods_hours | own_use_farm_producer.fillna(False)


def own_use_services_provider(asked_own_use_services_hours: Series) -> Series:
    """Did housework or care for the own household, without pay. 19th ICLS par. 22(c)."""
    return asked_own_use_services_hours


def unpaid_work_hours(
    own_use_work_farming: Series,
    asked_own_use_goods_hours: Series,
    own_use_goods_hours: Series,
    asked_own_use_services_hours: Series,
    own_use_services_hours: Series,
    own_use_goods_producer: Series,
) -> Series:
    """Hours of the reference week in own-use production of goods and services; zero where no such work was done.

    Empty where the question on the work was left open, or the hours of a work that was done.
    """
    # ASSUME An own-use producer on a farm who does not name farming among the own-use work has hours that are not
    # known, and is left out of the mean.
    unknown = (own_use_work_farming == "not_stated") | (own_use_goods_producer & ~asked_own_use_goods_hours)
    goods = own_use_goods_hours.where(asked_own_use_goods_hours, 0)
    services = own_use_services_hours.where(asked_own_use_services_hours, 0)
    return (goods + services).mask(unknown.fillna(False))
