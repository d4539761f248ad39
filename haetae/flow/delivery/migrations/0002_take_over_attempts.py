"""Attempts lived with the requests before: each request that was made gets its delivery, and keeps its attempts."""

from uuid import uuid4

from django.db import migrations


def take_over(apps, _schema):
    requests = apps.get_model("removal", "DeletionRequest")
    attempts = apps.get_model("removal", "Attempt")
    deliveries = apps.get_model("delivery", "Delivery")
    kept = apps.get_model("delivery", "Attempt")
    deadlines = apps.get_model("deadlines", "Deadline")
    for request in requests.objects.select_related("sighting").iterator():
        made = list(attempts.objects.filter(request=request).order_by("number"))
        answered = any(attempt.outcome.startswith("answered_") for attempt in made)
        state = "delivered" if answered or request.state == "verified" else "waiting"
        if request.state == "undeliverable":
            state = "no_channel"
        delivery = deliveries.objects.create(
            id=uuid4(),
            kind="delete",
            subject_id=request.pk,
            sighting_id=request.sighting_id,
            operator_id=request.sighting.operator_id,
            key=request.key,
            state=state,
            tries=0 if answered else len(made),
            waiting_since=request.requested_at,
        )
        for attempt in made:
            kept.objects.create(
                delivery=delivery,
                number=attempt.number,
                begun_at=attempt.begun_at,
                ended_at=attempt.ended_at,
                outcome=attempt.outcome,
                may_have_arrived=attempt.may_have_arrived,
            )
        deadlines.objects.filter(kind="send_again", subject_id=request.pk).update(subject_id=delivery.pk)


class Migration(migrations.Migration):
    dependencies = [
        ("delivery", "0001_initial"),
        ("removal", "0001_initial"),
        ("deadlines", "0002_more_kinds"),
        ("accounts", "0002_delegations_and_upload_check"),
    ]

    operations = [migrations.RunPython(take_over, migrations.RunPython.noop)]
