"""Watch lists, the hosts and places that they lead to, what was found there, and the engines that visit."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from haetae.common.ids import new_id
from haetae.common.sealed import SealedTextField, SearchDigestField
from haetae.common.states import choices, values
from haetae.flow.arrival.watching.states import CONFIRMED, Ended, Kind, State

_OFFICIAL = "accounts.Official"


class WatchList(models.Model):
    """One list of an agency. Whoever drafts it does not switch it on, and it ends by itself.

    What it names lies sealed: a list of watched addresses is a map for whoever looks for such pictures.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    state = models.CharField(max_length=8, choices=choices(State), default=State.DRAFT.value)
    name = SealedTextField()
    name_digest = SearchDigestField(max_length=64, db_index=True)
    agency = models.CharField(max_length=24, help_text="key of the agency that watches")
    purpose = SealedTextField()
    basis = models.CharField(max_length=40, help_text="id of a legal basis in the pack")
    until = models.DateTimeField(help_text="it ends by itself then")
    every_s = models.PositiveIntegerField(help_text="how often each named place is visited, in seconds")
    follow_depth = models.PositiveSmallIntegerField(default=0)
    weight = models.PositiveSmallIntegerField(default=1, help_text="risk, 1 to 9: the greater comes first")
    hosts = SealedTextField(default="", help_text="further hosts to which links are followed, one a line")
    phrases = SealedTextField(default="", help_text="the agency's own words, one a line")
    size = models.PositiveIntegerField(default=0, help_text="how many places it has")
    full_at = models.DateTimeField(null=True, help_text="since when links are left out: too many places")
    drafted_by = models.ForeignKey(
        _OFFICIAL, null=True, on_delete=models.PROTECT, related_name="+", help_text="null: a command did"
    )
    drafted_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(_OFFICIAL, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    until_by = models.ForeignKey(
        _OFFICIAL, null=True, on_delete=models.PROTECT, related_name="+", help_text="who said last until when"
    )
    why = SealedTextField(default="", help_text="of the last pause, end or extension")
    ended = models.CharField(max_length=8, blank=True, choices=choices(Ended))
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="watch_state_is_known"),
            models.CheckConstraint(
                condition=Q(drafted_by__isnull=True)
                | Q(confirmed_by__isnull=True)
                | ~Q(confirmed_by=F("drafted_by")),
                name="watch_list_is_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=values(CONFIRMED)) | Q(confirmed_by__isnull=False),
                name="watch_list_that_runs_was_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(state=State.ENDED.value) ^ Q(ended=""), name="watch_list_says_why_it_ended"
            ),
            models.CheckConstraint(
                condition=Q(ended="") | Q(ended__in=values(Ended)), name="watch_list_end_is_known"
            ),
        ]


class WatchStop(models.Model):
    """All lists stand still, for a reason; one at a time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    why = SealedTextField()
    by = models.ForeignKey(_OFFICIAL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(_OFFICIAL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["ended_at"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="all_watching_stops_once",
            )
        ]


class WatchEngine(models.Model):
    """A process that visits, and when it last said that it lives."""

    id = models.UUIDField(primary_key=True, editable=False)
    began_at = models.DateTimeField()
    at = models.DateTimeField(db_index=True)


class WatchHost(models.Model):
    """One host of the web, by the digest of its name. One engine at a time speaks with it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = SearchDigestField(max_length=64, unique=True)
    engine = models.UUIDField(null=True, help_text="the engine that visits it now")
    vanished = models.PositiveIntegerField(
        default=0, help_text="places that were gone soon after we found them"
    )


class WatchPlace(models.Model):
    """One address of one list, and when it is due. Nothing of its text is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    watch_list = models.ForeignKey(WatchList, on_delete=models.PROTECT, related_name="places")
    host = models.ForeignKey(WatchHost, on_delete=models.PROTECT, related_name="places")
    kind = models.CharField(max_length=8, choices=choices(Kind))
    url = SealedTextField()
    url_digest = SearchDigestField(max_length=64)
    named = models.BooleanField(default=False, help_text="the agency named it; else a link led there")
    vanishes = models.BooleanField(default=False, help_text="what is shown there does not stay for long")
    depth = models.PositiveSmallIntegerField(default=0)
    phrases = models.JSONField(
        default=list, help_text="ids of the list's words that were found at the last visit"
    )
    rank = models.PositiveSmallIntegerField(help_text="visits.rules.rank_of: the smaller first")
    due_at = models.DateTimeField()
    engine = models.UUIDField(null=True, help_text="the engine that has the visit")
    leased_until = models.DateTimeField(null=True)
    etag = models.CharField(max_length=300, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    last_code = models.CharField(max_length=64, blank=True, help_text="seen, unchanged, or why nothing was")
    misses = models.PositiveIntegerField(default=0, help_text="in a row")
    unchanged = models.PositiveIntegerField(default=0, help_text="visits in a row that showed nothing new")
    pictures = models.PositiveIntegerField(default=0, help_text="shown at the last visit")
    found_at = models.DateTimeField()
    visited_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True, help_text="since then nobody looks any more")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=values(Kind)), name="watch_place_kind_is_known"),
            models.UniqueConstraint(
                fields=["watch_list", "url_digest"], name="a_place_stands_once_on_a_list"
            ),
            models.CheckConstraint(
                condition=Q(engine__isnull=True, leased_until__isnull=True)
                | Q(engine__isnull=False, leased_until__isnull=False),
                name="watch_place_lease_has_an_engine",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(gone_at__isnull=True), name="watch_place_due"),
            models.Index(fields=["host"], condition=Q(engine__isnull=False), name="watch_place_on_its_way"),
            models.Index(fields=["visited_at"], name="watch_place_visited"),
            # The page of a list shows what comes next on it.
            models.Index(
                fields=["watch_list", "rank", "due_at", "id"],
                condition=Q(gone_at__isnull=True),
                name="watch_place_in_turn",
            ),
        ]


class WatchFind(models.Model):
    """A picture that a list brought: which list, and of what kind the place was. The picture's place is a Sighting."""

    append_only: ClassVar = True

    sighting = models.OneToOneField("arrival.Sighting", on_delete=models.PROTECT, related_name="watch_find")
    watch_list = models.ForeignKey(WatchList, on_delete=models.PROTECT, related_name="finds")
    place = models.ForeignKey(WatchPlace, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=choices(Kind))
    phrases = models.PositiveSmallIntegerField(
        default=0, help_text="how many of the list's words stood there"
    )
    at = models.DateTimeField(db_index=True)


class WatchLead(models.Model):
    """An invitation to an open channel that a watched page names. It is shown to the analyst, and never followed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    watch_list = models.ForeignKey(WatchList, on_delete=models.PROTECT, related_name="leads")
    place = models.ForeignKey(WatchPlace, on_delete=models.PROTECT, related_name="+")
    address = SealedTextField()
    digest = SearchDigestField(max_length=64)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    pages = models.PositiveIntegerField(default=1, help_text="visits at which it was named")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["watch_list", "digest"], name="a_lead_stands_once_on_a_list")
        ]


class WatchTally(models.Model):
    """How often something happened on one list on one day of the officials' calendar."""

    watch_list = models.ForeignKey(WatchList, on_delete=models.PROTECT, related_name="tallies")
    day = models.DateField()
    code = models.CharField(
        max_length=80, help_text="visited, seen, pictures, found, missed:WHY, left_out:WHY"
    )
    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["watch_list", "day", "code"], name="one_tally_a_list_a_day")
        ]
