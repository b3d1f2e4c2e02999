"""The interface in another language: chosen in the account menu, kept in the browser."""

import re

from playwright.sync_api import expect

from tests.fixtures.truth import PHOTOS, load_object
from tests.journeys.support.browser import Browser
from tests.journeys.support.pages import ProjectPage, Workspace
from tests.journeys.support.server import Server


def test_german_is_chosen_kept_and_left_again(server: Server, browser: Browser) -> None:
    page = browser.open(server.sign_in_link())
    ProjectPage.create(page, "Sprachen", categories=["Münze"]).upload(PHOTOS / "coins.jpg")
    page.get_by_role("button", name="Account of").click()
    page.get_by_role("menuitem", name="Deutsch").click()
    expect(page.get_by_role("button", name="Bilder hochladen")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "de"
    expect(page.get_by_text("1 Bild", exact=True)).to_be_visible()

    page.get_by_role("link", name="coins.jpg").first.click()
    workspace = Workspace(page)
    workspace.wait_until_ready()
    workspace.annotate(*load_object("big coin").click)
    page.get_by_role("tab", name="Verlauf").click()
    expect(page.get_by_role("button", name="Maske annehmen", exact=True)).to_be_visible()

    page.reload()
    page.get_by_role("button", name=re.compile("^Konto von")).click()
    page.get_by_role("menuitem", name="English").click()
    expect(page.get_by_role("tab", name="History")).to_be_visible()


def test_a_refusal_is_told_in_the_language_of_the_page(server: Server, browser: Browser) -> None:
    browser.expected_complaints.append("status of 400")
    browser.expected_complaints.append("status of 403")
    page = browser.open(server.url)
    page.evaluate("localStorage.setItem('maskwright-language', 'de')")
    page.reload()
    page.get_by_label("Benutzername").fill("nobody")
    page.get_by_label("Passwort").fill("wrong")
    page.get_by_role("button", name="Anmelden").click()
    expect(page.get_by_text("Kein Konto hat diesen Namen und dieses Passwort.")).to_be_visible()
