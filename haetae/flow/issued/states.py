"""What is issued, and by whom. Pure. An issued document never changes: another act is another document."""

from enum import StrEnum
from typing import Final

from haetae.law.facts import Role


class Kind(StrEnum):
    """The act that a document is about."""

    DECISION = "decision"  # of the commission, with its reasons
    BLOCK_EXTENSION = "block_extension"
    HEARING = "hearing"  # asks a party for its opinion
    ORDER = "order"
    SURCHARGE = "surcharge"
    FINE = "fine"
    SANCTION_CHANGE = "sanction_change"  # upheld, annulled or changed after a contest
    DESIGNATION = "designation"
    COST_NOTICE = "cost_notice"  # what a deletion cost, to whoever did it
    CERTIFICATE = "certificate"  # of a session; the name is written by hand
    TRAINING_ORDER = "training_order"  # managers are to be trained


# Who decides about content never orders or fines, and the other way round (KMCC Act 22; ICT Act 44-7).
ISSUED_BY: Final[dict[Kind, Role]] = {
    Kind.DECISION: Role.REVIEWER,
    Kind.BLOCK_EXTENSION: Role.REVIEWER,
    Kind.HEARING: Role.REGULATOR,
    Kind.ORDER: Role.REGULATOR,
    Kind.SURCHARGE: Role.REGULATOR,
    Kind.FINE: Role.REGULATOR,
    Kind.SANCTION_CHANGE: Role.REGULATOR,
    Kind.DESIGNATION: Role.REGULATOR,
    Kind.COST_NOTICE: Role.SUPPORT_MINISTRY,
    Kind.CERTIFICATE: Role.INSTITUTION,
    Kind.TRAINING_ORDER: Role.SUPPORT_MINISTRY,
}
