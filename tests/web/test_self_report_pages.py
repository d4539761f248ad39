"""The public page on which somebody reports themselves, the officer's pages, and the prosecutor's about proceeds."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from haetae.agencies.investigation.proceeds.models import Proceeds
from haetae.agencies.investigation.self_reports.models import SelfReport
from haetae.audit.models import Event
from haetae.common.keys import KeysUnavailableError
from tests import people
from tests.investigations import SECRET_NAME, begin_file, officer, prosecutor

pytestmark = pytest.mark.django_db
TEXT = "I edited a photograph of a lighthouse and sent it to a channel."
WHY = "The payments into it follow each sale by minutes."


@pytest.fixture
def browser_of(visitor):
    def signed_in(official, language="en"):
        browser = visitor(language)
        browser.force_login(official)
        return browser

    return signed_in


def test_the_page_says_what_it_is_not_before_anything_is_asked(visitor):
    text = visitor().get(reverse("portal:own_report")).content.decode()
    form = text.index("<form method")
    for said in (
        "talk to a lawyer first",
        "Nothing is promised",
        "is a plan of 2024",
        "can be used against you",
    ):
        assert 0 < text.index(said) < form, said
    assert "Nobody is punished for what they did before they were 14" in text
    korean = visitor("ko").get(reverse("portal:own_report")).content.decode()
    assert "먼저 변호사와 이야기할 수 있어요" in korean
    assert "2024년의 계획이에요" in korean


def test_without_an_account_somebody_gets_a_number_and_the_same_form_again_the_same_one(visitor):
    browser, key = visitor(), str(uuid4())
    sent = {"told": TEXT, "age": "under_14", "understood": "yes", "form_key": key}
    numbers = set()
    for _ in range(2):
        answer = browser.post(reverse("portal:own_report"), sent)
        assert answer.status_code == 200
        numbers |= set(re.findall(r"SR-\d{4}-\w{5}-\w{5}", answer.content.decode()))
    assert len(numbers) == 1
    assert SelfReport.objects.get().receipt in numbers
    assert "an adult whom you trust" in answer.content.decode()


def test_what_is_missing_is_said_and_nothing_typed_is_lost(visitor):
    answer = visitor("ko").post(reverse("portal:own_report"), {"told": TEXT, "age": "adult"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "읽었다고 표시해 주세요" in text
    assert TEXT in text
    assert not SelfReport.objects.exists()


def test_while_the_keys_are_away_nothing_is_saved_and_it_says_so(visitor, monkeypatch, settings):
    def away(*_: object, **__: object) -> bytes:
        raise KeysUnavailableError

    monkeypatch.setattr(type(settings.KEYS), "seal_case_key", away)
    answer = visitor().post(reverse("portal:own_report"), {"told": TEXT, "understood": "yes"})
    assert answer.status_code == 503
    assert TEXT in answer.content.decode()
    assert not SelfReport.objects.exists()


def test_an_officer_takes_it_up_and_puts_it_into_a_file_and_another_gets_404(visitor, browser_of):
    visitor().post(reverse("portal:own_report"), {"told": TEXT, "understood": "yes"})
    made, park = SelfReport.objects.get(), officer()
    opened = begin_file(park)
    browser, other = browser_of(park), browser_of(officer(people.SECOND_OFFICER))
    listed = browser.get(reverse("console:self_reports")).content.decode()
    assert made.receipt in listed
    assert TEXT not in listed
    assert "Plan only, not in force" in listed
    page = browser.post(reverse("console:self_report_take", args=[made.pk]), follow=True)
    text = page.content.decode()
    assert TEXT in text
    assert f"entry {Event.objects.get(name='self_reports.made').pk} of the log" in text
    assert other.get(reverse("console:self_report", args=[made.pk])).status_code == 404
    late = other.post(reverse("console:self_report_take", args=[made.pk]))
    assert late.status_code == 409
    assert "taken it up already" in late.content.decode()
    browser.post(
        reverse("console:self_report_file", args=[made.pk]), {"investigation": opened.investigation.pk}
    )
    page = reverse("console:self_reports_of_file", args=[opened.investigation.pk])
    assert TEXT in browser.get(page).content.decode()
    assert other.get(page).status_code == 404


def test_at_the_desk_an_officer_writes_it_down(browser_of):
    browser = browser_of(officer())
    answer = browser.post(
        reverse("console:self_report_new"), {"told": TEXT, "age": "adult", "understood": "on"}, follow=True
    )
    assert TEXT in answer.content.decode()
    assert "said to an officer" in answer.content.decode()


def test_proceeds_go_from_an_officer_to_the_prosecutor_who_reads_nothing_else(browser_of):
    park = officer()
    opened, browser, choi = begin_file(park), browser_of(park), browser_of(prosecutor())
    file_id = opened.investigation.pk
    found = {
        "form": "money", "what": "A wallet with a grey sign", "where": "An exchange abroad", "won": "3,000,000",
        "offence": "spread_for_money", "offence_on": "2025-06-21", "form_key": str(uuid4()),
    }  # fmt: skip
    browser.post(reverse("console:proceeds_add", args=[file_id]), found)
    row = Proceeds.objects.get()
    one = reverse("console:confiscation", args=[row.pk])
    assert choi.get(one).status_code == 404
    browser.post(reverse("console:proceeds_propose", args=[file_id, row.pk]), {"reason": WHY})
    listed = choi.get(reverse("console:confiscations")).content.decode()
    assert "grey sign" not in listed
    text = choi.get(one).content.decode()
    assert "grey sign" in text
    assert "3,000,000" in text
    assert SECRET_NAME not in text
    refused = choi.post(reverse("console:confiscation_decide", args=[row.pk]), {"reason": WHY})
    assert refused.status_code == 409
    choi.post(reverse("console:confiscation_decide", args=[row.pk]), {"outcome": "adopted", "reason": WHY})
    assert (
        "the prosecutor asks the court for it"
        in browser.get(reverse("console:proceeds", args=[file_id])).content.decode()
    )


def test_a_deed_before_the_law_is_refused_with_the_sentence_and_what_was_typed_stays(browser_of):
    park = officer()
    opened, browser = begin_file(park), browser_of(park, "ko")
    file_id = opened.investigation.pk
    found = {
        "form": "money", "what": "A wallet with a grey sign", "where": "An exchange abroad", "won": "",
        "offence": "spread", "offence_on": "2025-06-20",
    }  # fmt: skip
    browser.post(reverse("console:proceeds_add", args=[file_id]), found)
    row = Proceeds.objects.get()
    answer = browser.post(reverse("console:proceeds_propose", args=[file_id, row.pk]), {"reason": WHY})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "2025년 6월 21일 이후의 행위에만" in text
    assert WHY in text
    assert Event.objects.get(name="proceeds.refused").facts == {"code": "confiscation_before"}


def test_every_refusal_of_these_rooms_is_worded():
    from pathlib import Path

    from haetae.agencies.investigation.linking import actions as linking_actions
    from haetae.agencies.investigation.linking import rules as linking_rules
    from haetae.agencies.investigation.proceeds import actions as proceeds_actions
    from haetae.agencies.investigation.proceeds import rules as proceeds_rules
    from haetae.agencies.investigation.self_reports import rules as self_report_rules
    from haetae.agencies.recovery import rules as recovery_rules
    from haetae.web.words.linking import linking_refusal
    from haetae.web.words.proceeds import proceeds_refusal
    from haetae.web.words.recovery import recovery_refusal
    from haetae.web.words.self_reports import self_report_refusal

    found = 0
    for worded, modules in (
        (linking_refusal, (linking_actions, linking_rules)),
        (proceeds_refusal, (proceeds_actions, proceeds_rules)),
        (self_report_refusal, (self_report_rules,)),
        (recovery_refusal, (recovery_rules,)),
    ):
        for module in modules:
            source = Path(module.__file__).read_text(encoding="utf-8")
            codes = re.findall(r'(?:return|else|Error\()\s*"([a-z_0-9]{4,})"', source)
            found += len(codes)
            assert [code for code in codes if worded(code) == code] == [], module.__name__
    assert found > 50
