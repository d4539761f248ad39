"""Four stories under the control of prosecutor and court, clicked by the right cast; others find nothing there."""

import json
import re
import sys
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page

from tests import people
from tests.browser.conftest import PHONE
from tests.browser.inquiry_desks import BARS, DESKS
from tests.browser.inquiry_stage import Inquiry
from tests.browser.road_cast import Cast, fills, form, presses, told
from tests.evidence import stock
from tests.official_requests import ACCOUNT, DUAL, FACTS
from tests.undercover import SECRETS, days

NUMBER = "2026고단1234"
FILE = re.compile(r"/console/investigations/[0-9a-f-]{36}/")


def path_of(page: Page) -> str:
    return urlsplit(page.url).path


def begins_a_file(police: Cast, person: people.Person) -> str:
    page = police.at(person, "/console/investigations/new/")
    presses(page, "/new/", name="Operation Granite Heron", victim="adult", offence="spread")
    assert FILE.fullmatch(path_of(page))
    return path_of(page)


def applies(page: Page, file: str, kind: str, *, urgency: str = "") -> str:
    """From the file to the form by its links, and filled in; returns the address of the operation."""
    page.goto(page.url.split("/console/")[0] + file)
    page.locator("main a[href$='/undercover/']").click()
    page.locator(f"main a[href$='/new/{kind}/']").click()
    sent = form(page, f"/new/{kind}/")
    for field in sent.locator("textarea[required], input[required]:not([type=date])").all():
        name = field.get_attribute("name") or ""
        field.fill(SECRETS.get(name, SECRETS["why"]))
    for box in sent.locator("input[name=acts]").all():
        box.check()
    sent.locator("[name=until]").fill(days(60))
    if urgency:
        sent.locator("details summary").click()
        sent.locator("[name=urgency]").fill(urgency)
    presses(page, f"/new/{kind}/", button="button.button")
    return path_of(page)


def paper_of(page: Page) -> str:
    """The number of the application that is on its way, of which the page of its operation knows."""
    return str(page.locator("input[name=application]").first.get_attribute("value"))


def decides(page: Page, decision: str, *, acts: tuple[str, ...] = (), until: str = "") -> None:
    sent = page.locator(f"main form:has([name=decision][value={decision}])")
    for box in sent.locator("input[name=acts]").all() if acts else ():
        box.set_checked(box.get_attribute("value") in acts)
    if until:
        sent.locator("[name=until]").fill(until)
    pressed(page, sent.locator("button").first)
    assert not page.locator(".problem[role=alert]").count(), told(page)


def acts(page: Page, operation: str, kind: str, **fields: str) -> str:
    """Writes down what is done now; returns what stands against it, or nothing."""
    page.goto(page.url.split("/console/")[0] + operation)
    sent = form(page, "/act/")
    fills(sent, {"kind": kind, "what": SECRETS["what"], **fields})
    pressed(page, sent.locator("button.button"))
    return " ".join(page.locator(".problem[role=alert]").all_inner_texts())


def pressed(page: Page, button: Locator) -> None:
    with page.expect_navigation():
        button.click()


def may_not(police: Cast, path: str, *persons: people.Person) -> None:
    """403 for a role that has no such page, 404 for whoever has no part in it."""
    for person in persons:
        police.may_not(person, path)


@pytest.mark.parametrize("person", BARS, ids=lambda one: one.name)
def test_the_bar_leads_everybody_to_their_own_desk_alone(police: Cast, person: people.Person) -> None:
    page = police.page_of(person)
    links = page.locator("nav a[href]").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    assert {link for link in links if link.startswith(DESKS)} == {f"/console/{one}/" for one in BARS[person]}


def test_a_court_approved_operation(police: Cast) -> None:
    park = police.page_of(people.OFFICER)
    file = begins_a_file(police, people.OFFICER)
    operation = applies(park, file, "assumed")
    assert "prosecutor decides next" in told(park)
    paper = paper_of(park)
    petition, permit = f"/console/undercover/petitions/{paper}/", f"/console/undercover/permits/{paper}/"
    may_not(police, petition, people.OFFICER, people.APPROVER, people.JUDGE, people.OVERSEER)
    may_not(police, permit, people.OFFICER, people.PROSECUTOR, people.JUDGE)

    choi = police.at(people.PROSECUTOR, "/console/undercover/petitions/")
    assert SECRETS["target"] not in told(choi)
    choi.locator(f"main a[href='{petition}']").click()
    assert SECRETS["target"] in told(choi)
    decides(choi, "petition")
    jung = police.at(people.JUDGE, "/console/undercover/permits/")
    jung.locator(f"main a[href='{permit}']").click()
    assert "Granite Heron" not in told(jung)
    decides(jung, "grant", acts=("observe", "buy"), until=days(30))

    assert not acts(park, operation, "observe")
    assert "Refused: do not do it" in acts(park, operation, "sell", material="nobody")
    assert "Refused: do not do it" in acts(park, operation, "buy")
    assert not acts(park, operation, "buy", intent_was_there="1", intent=SECRETS["intent"])

    presses(park, "/extend/", button="button.button", until=days(90), why=SECRETS["why"])
    more = paper_of(park)
    decides(police.at(people.PROSECUTOR, f"/console/undercover/petitions/{more}/"), "petition")
    decides(police.at(people.JUDGE, f"/console/undercover/permits/{more}/"), "grant", until=days(90))
    decides(police.at(people.PROSECUTOR, petition), "end")
    police.at(people.OFFICER, operation)
    assert not park.locator("form[action$='/act/']").count()
    presses(park, "/report/", reason=SECRETS["reason"], summary=SECRETS["summary"])
    may_not(police, operation, people.THIRD_OFFICER, people.APPROVER, people.PROSECUTOR, people.JUDGE)
    police.may_not(people.OVERSEER, f"/console/oversight/{operation.split('/')[-2]}/")


def test_an_emergency_that_is_not_approved(police: Cast, inquiry: Inquiry) -> None:
    """On a telephone: begun at once, approved by nobody, and at 48 h 00 min 01 s there is no act any more."""
    park = police.page_of(people.OFFICER)
    park.set_viewport_size(PHONE)
    operation = applies(
        park, begins_a_file(police, people.OFFICER), "undisclosed", urgency=SECRETS["urgency"]
    )
    number, paper = operation.split("/")[-2], paper_of(park)
    assert not acts(park, operation, "observe")
    assert park.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    approval = f"/console/undercover/approvals/{paper}/"
    may_not(police, approval, people.OFFICER, people.PROSECUTOR, people.JUDGE, people.OVERSEER)
    noh = police.at(people.APPROVER, approval)  # who has it before them, and decides too late

    inquiry.urgent_time_is_over(number)
    late = acts(park, operation, "observe")
    assert "Refused: do not do it" in late
    assert "stopped by law" in late
    pressed(noh, noh.locator("main form:has([value=grant]) button"))
    assert noh.locator(".problem[role=alert]").count()
    inquiry.clocks_tick()
    police.at(people.OFFICER, operation)
    assert "Nobody permitted it in time" in told(park)
    assert not park.locator("form[action$='/act/']").count()
    police.at(people.OVERSEER, f"/console/oversight/{number}/")
    park.set_viewport_size({"width": 1200, "height": 900})


def test_a_foreign_platform_refuses(police: Cast) -> None:
    park, shin = police.page_of(people.OFFICER), police.page_of(people.SECOND_OFFICER)
    file = begins_a_file(police, people.OFFICER)
    seat = park.locator("[name=colleague] option", has_text=people.SECOND_OFFICER.name)
    presses(park, "/members/", colleague=str(seat.first.get_attribute("value")))
    police.at(people.SECOND_OFFICER, file)
    presses(shin, "/open/", reason="prepare_request")
    park.locator("main a[href$='/data/']").click()
    park.locator("main a[href$='/data/new/']").click()
    asked = {
        "platform": "channels.example", "basis": "inquiry", "accounts": ACCOUNT, "act_on": days(-3),
        "since": f"{days(-4)}T09:00", "until": f"{days(-2)}T09:00", "office": "Cyber investigation team 2",
        "contact": "team2@police.example", "facts": FACTS, "dual_criminality": DUAL,
    }  # fmt: skip
    drafted = form(park, "/data/new/")
    for name, value in (("abroad", "1"), ("data", "identity"), ("data", "contact")):
        drafted.locator(f"[name={name}][value='{value}']").check()
    presses(park, "/data/new/", **asked)
    where = path_of(park)
    assert "You drafted this" in told(park)
    assert not park.locator("form[action$='/sign/']").count()
    police.at(people.SECOND_OFFICER, where)
    presses(shin, "/sign/")
    letter = police.at(people.SECOND_OFFICER, f"{where}letter/en/html/")
    assert ACCOUNT in letter.locator("body").inner_text()
    police.at(people.OFFICER, where)
    presses(park, "/sent/", way="platform_form")
    answer = form(park, "/answered/")
    fills(answer, {"state": "refused", "note": "Their desk wrote back."})
    pressed(park, answer.locator("button.button"))
    assert "Choose why the platform refused" in park.locator(".problem[role=alert]").inner_text()
    assert park.locator("#said-note").input_value() == "Their desk wrote back."
    form(park, "/answered/").locator("[name=reasons][value=not_dual_criminal]").check()
    presses(park, "/answered/", state="refused", reasons="needs_mlat")
    assert "refused by the platform" in told(park)
    assert "it is no crime where the platform is" in told(park)
    may_not(police, where, people.THIRD_OFFICER, people.APPROVER, people.PROSECUTOR, people.JUDGE)


def test_evidence_for_trial_on_a_clean_machine(police: Cast, inquiry: Inquiry, tmp_path: Path) -> None:
    min_ = police.at(people.CUSTODIAN, "/console/evidence/")
    presses(min_, "/evidence/key/", recipient=inquiry.places["recipient"])
    park = police.page_of(people.OFFICER)
    file = begins_a_file(police, people.OFFICER)
    park.locator("main a[href$='/evidence/']").click()
    presses(park, "/evidence/", address=inquiry.places["page"])
    inquiry.goes_on()
    park.reload()
    assert "sealed, waiting for a custodian" in told(park)
    piece = f"/console/evidence/{path_of(park).split('/')[-2]}/"
    for other in (people.OFFICER, people.PROSECUTOR, people.JUDGE, people.APPROVER):
        police.may_not(other, piece)
    police.may_not(people.THIRD_OFFICER, f"{file}evidence/{piece.split('/')[-2]}/")

    police.at(people.CUSTODIAN, "/console/evidence/").locator(f"main a[href='{piece}']").click()
    presses(min_, "/take/")
    police.may_not(people.SECOND_CUSTODIAN, piece)
    inquiry.log_is_sealed()
    use = {
        "purpose": "same_or_related_offence",
        "reason": "For the hearing on Monday.",
        "identity": inquiry.places["identity"],
    }
    presses(min_, "/open/", button="button.button", **use)
    assert "A heron by the lake" in told(min_)
    police.at(people.CUSTODIAN, piece)
    out = form(min_, "/export/")
    fills(out, {"reference": NUMBER, **use})
    with min_.expect_download() as download:
        out.locator("button.button").click()
    zipfile.ZipFile(download.value.path()).extractall(tmp_path)
    bag = next(tmp_path.iterdir())
    assert stock("sha256sum", "-c", "--strict", "manifest-sha256.txt", at=bag).returncode == 0
    roots = inquiry.places["roots"]
    stamp = ("-data", "data/manifest.json", "-in", "data/manifest.json.tsr", "-CAfile", roots)
    assert stock("openssl", "ts", "-verify", *stamp, at=bag).returncode == 0
    ours = (sys.executable, "-m", "haetae", "evidence", "verify", str(bag), "--json", "--roots", roots)
    done = stock(*ours, at=bag)
    assert json.loads(done.stdout)["ok"], done.stdout
    police.at(people.CUSTODIAN, piece)
    presses(min_, "/release/", purpose=use["purpose"], reason=use["reason"])
    assert "Back to all evidence" in told(min_)
