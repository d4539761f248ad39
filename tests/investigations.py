"""The police at work, for stories that need a file and are about something else."""

from uuid import uuid4

from haetae.accounts.models import Official
from haetae.accounts.permissions import Role
from haetae.agencies.investigation.files import actions as files
from haetae.agencies.investigation.files.queries import OpenFile
from haetae.agencies.investigation.files.states import Victim
from tests import people
from tests.commission import seat

# Nothing but the pages of those who work on the file may ever show it.
SECRET_NAME = "Operation Granite Heron"


def officer(person: people.Person = people.OFFICER) -> Official:
    return seat(person, Role.POLICE_OFFICER, agency="police")


def approver(person: people.Person = people.APPROVER) -> Official:
    return seat(person, Role.POLICE_APPROVER, agency="police")


def prosecutor() -> Official:
    return seat(people.PROSECUTOR, Role.PROSECUTOR, agency="prosecutor")


def judge() -> Official:
    return seat(people.JUDGE, Role.JUDGE, agency="court")


def custodian(person: people.Person = people.CUSTODIAN) -> Official:
    return seat(person, Role.EVIDENCE_CUSTODIAN, agency="police")


def begin_file(
    official: Official, *, victim: Victim = Victim.ADULT, name: str = SECRET_NAME, offence: str = "spread"
) -> OpenFile:
    """A new file of this officer, opened today."""
    about = files.About(name=name, victim=victim, offence=offence)
    return files.begin(about=about, form_key=uuid4(), official_id=official.pk)
