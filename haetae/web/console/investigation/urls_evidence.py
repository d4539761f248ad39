"""Addresses of evidence. None carries more than a number."""

from django.urls import path

from haetae.web.console.investigation import custody, evidence

urlpatterns = [
    path("investigations/<uuid:investigation_id>/evidence/", evidence.listed, name="investigation_evidence"),
    path(
        "investigations/<uuid:investigation_id>/evidence/<uuid:evidence_id>/",
        evidence.one,
        name="investigation_evidence_one",
    ),
    path("evidence/", custody.listed, name="evidence"),
    path("evidence/key/", custody.key, name="evidence_key"),
    path("evidence/<uuid:evidence_id>/", custody.one, name="evidence_one"),
    path("evidence/<uuid:evidence_id>/proof/", custody.proof, name="evidence_proof"),
    *(
        path(f"evidence/<uuid:evidence_id>/{verb}/", view, name=f"evidence_{verb.replace('-', '_')}")
        for verb, view in custody.VERBS.items()
    ),
]
