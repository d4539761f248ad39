"""Events of the regulator's rooms that cause no step, and why the flow may rest there: part of next_step.ENDS."""

REGULATORS_ENDS: dict[str, str] = {
    "orders.drafted": "the operator is heard before anybody signs it",
    "orders.item_out": "the rest of the draft stands",
    "orders.prior_opinion": "another official signs it when the operator was heard",
    "orders.dropped": "nothing is ordered",
    "orders.served": "its time runs",
    "orders.found": "a second official finds the same, or not",
    "orders.complied": "nothing is left to follow",
    "orders.not_complied": "officials weigh a sanction; what is done late is still seen",
    "orders.refused": "nothing changed, and whoever tried was told why",
    "issued.document": "whoever it is for reads it, and anybody can ask whether it was issued",
    "exports.handed_out": "a court has it",
    "issued.file_made": "its digest is known again",
    "accounts.seat_ended": "may act until that day, or no more",
    "accounts.handed_over": "somebody else carries on; who began it stays who began it",
    "accounts.seat_refused": "nothing changed, and the administrator was told why",
    "referrals.read": "the other agency read what was handed over",
    "referrals.refused": "nothing changed, and whoever tried reads why",
}
