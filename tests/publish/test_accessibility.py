"""What a program can tell of the page's accessibility: axe-core in Chromium, light and dark, in both directions."""

import pytest

pytestmark = pytest.mark.full


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar", "ckb"])
def test_axe_finds_nothing_serious(chromium, pages, language, scheme):
    from axe_playwright_python.sync_playwright import Axe

    # The page forbids every script, this one too, unless the browser is told to pass over its policy.
    context = chromium.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(pages[language])
    # In the dark nothing but colours is another, and a page of so many cells takes its time.
    asked = {"runOnly": ["color-contrast"]} if scheme == "dark" else {}
    answer = Axe().run(page, options={"resultTypes": ["violations"], **asked}).response
    context.close()
    assert answer["testEngine"]["name"] == "axe-core"
    assert [
        (each["id"], each["nodes"][0]["html"][:200])
        for each in answer["violations"]
        if each["impact"] in ("serious", "critical")
    ] == []


def test_axe_would_find_something(chromium, pages):
    """A table without its heads' scope and grey letters on white are what it is asked for."""
    from axe_playwright_python.sync_playwright import Axe

    context = chromium.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(pages["en"])
    page.evaluate("document.querySelector('h1').style.color = '#cccccc'")
    found = Axe().run(page, context="header", options={"resultTypes": ["violations"]}).response["violations"]
    context.close()
    assert "color-contrast" in {each["id"] for each in found}


@pytest.mark.parametrize("language", ["en", "ckb"])
def test_regions_that_scroll_can_be_reached_by_keyboard(chromium, pages, language):
    page = chromium.new_page()
    page.goto(pages[language])
    regions = page.evaluate(
        "[...document.querySelectorAll('.scroll')].map(e => [e.tabIndex, !!e.ariaLabelledByElements])"
    )
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    box = page.evaluate("document.activeElement.getBoundingClientRect().toJSON()")
    page.close()
    assert len(regions) > 8
    assert all(reached == 0 for reached, _ in regions)
    assert box["left"] >= 0, "the skip link shows itself"
    assert box["right"] <= 1280
