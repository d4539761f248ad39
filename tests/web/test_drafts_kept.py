"""What an official writes about an act stays in the tab until it was taken; what a person told never does."""

import re
from pathlib import Path

TEMPLATES = Path(__file__).parent.parent.parent / "haetae" / "web" / "templates" / "console"
# What a person, or an agency about a person, tells is kept on no device; what comes back from the server stands anyhow.
# Nor is anything of an investigation, who is charged with what a deletion cost, what is watched for, and what happened
# inside an institution.
NEVER = (
    "cases/", "investigation/", "recovery/", "referral_new.html", "court.html", "kept.html", "hearing.html",
    "education/", "watching/",
)  # fmt: skip
SHORT = ("filing/", "sanctions/one.html")


def test_every_long_form_about_an_act_is_kept_and_none_about_a_person():
    for template in sorted(TEMPLATES.rglob("*.html")):
        name = str(template.relative_to(TEMPLATES))
        fields = re.findall(r"<textarea[^>]*>", template.read_text(encoding="utf-8"))
        written = [one for one in fields if "readonly" not in one and "evidence_" not in one]
        if name.startswith(NEVER):
            assert not any("data-draft" in one for one in fields), name
        elif not name.startswith(SHORT):
            assert all("data-draft" in one for one in written), name
