"""Who may be entered and named. Pure: codes that pages word."""

from typing import Final

from haetae.common.written import fits

NAME_SHORTEST, NAME_LONGEST = 2, 120
OFFICE_LONGEST: Final = 120
PEOPLE_MOST: Final = 1_000_000


def why_not_register(*, name: str, office: str, staff: int | None, taken: bool) -> str | None:
    """`taken`: an institution of that name and office is in the register."""
    if not fits(name, NAME_SHORTEST, NAME_LONGEST):
        return "institution_name"
    if not fits(office, 0, OFFICE_LONGEST):
        return "institution_office"
    if staff is None or not 0 < staff <= PEOPLE_MOST:
        return "institution_staff"
    return "institution_taken" if taken else None


def why_not_name(*, is_name: bool, has_other_seat: bool, works_elsewhere: bool) -> str | None:
    """One institution for one officer; and whoever sits in an agency or at an operator is none."""
    if not is_name:
        return "colleague_name"
    if has_other_seat:
        return "officer_sits_elsewhere"
    return "officer_of_another" if works_elsewhere else None
