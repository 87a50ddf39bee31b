"""A report opened from disk, in a browser without any network: it asks for nothing, fits, draws, reads and saves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from report.browser import browser, visit
from report.chromium import CHROMIUM, MISSING
from report.conftest import HOSTILE
from report.fake_figures import fake_figures

from simulator.report.figures import figures_of
from simulator.report.page import page
from simulator.report.reading import Reading

WIDTHS = (360, 1280)

if CHROMIUM is None:
    pytest.skip(MISSING, allow_module_level=True)


@pytest.fixture(scope="module")
def started() -> Iterator[Browser]:
    with browser() as running:
        yield running


@pytest.fixture(scope="module")
def file(reading: Reading, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(page([reading], [[*fake_figures(reading), *figures_of(reading)]]))
    return path


@pytest.fixture(scope="module")
def hostile_file(hostile: Reading, reading: Reading, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "report.html"
    path.write_text(page([hostile, reading], [[*fake_figures(hostile), *figures_of(hostile)], fake_figures(reading)]))
    return path


def open_all(seen: Page) -> None:
    for summary in seen.locator("summary").all():
        if summary.evaluate("each => !each.parentElement.open"):
            summary.click()
    assert 0 == seen.locator("details:not([open])").count()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("which", ["file", "hostile_file"])
def test_it_asks_for_nothing_complains_of_nothing_draws_all_and_fits(
    started: Browser, request: pytest.FixtureRequest, which: str, width: int
) -> None:
    with visit(started, request.getfixturevalue(which), width=width) as seen:
        pictures = seen.page.locator("figure img")
        assert pictures.count() >= 2
        assert seen.page.locator("figure").count() == pictures.count()
        for place in range(pictures.count()):
            pictures.nth(place).scroll_into_view_if_needed()
            drawn = pictures.nth(place).evaluate("each => each.complete && each.naturalWidth > 0 && each.height > 50")
            assert drawn, pictures.nth(place).get_attribute("alt")
        open_all(seen.page)
        assert width >= seen.page.evaluate("document.documentElement.scrollWidth")
        assert ([], []) == (seen.requests, seen.complaints)


def test_on_a_phone_labels_stay_while_plans_scroll_and_a_hint_says_that_they_do(started: Browser, file: Path) -> None:
    for width, overflows in ((360, True), (1280, False)):
        with visit(started, file, width=width) as seen:
            table = seen.page.locator("table.decision")
            assert overflows == table.locator(".swipe").is_visible()
            label, value = (table.locator(f"tbody {each}").first for each in ("th", "td"))
            before = label.bounding_box(), value.bounding_box()
            table.evaluate("each => each.closest('.scroll').scrollBy(80, 0)")
            after = label.bounding_box(), value.bounding_box()
            assert before[0] == after[0]
            assert overflows == (before[1] != after[1])


def test_a_forged_script_would_not_run(started: Browser, tmp_path: Path, reading: Reading) -> None:
    """Were a name ever taken for markup, the page's own policy would stop it."""
    forged = page([reading], [[]]).replace("</main>", "<script>document.title = 'forged'</script></main>")
    (tmp_path / "forged.html").write_text(forged)
    with visit(started, tmp_path / "forged.html") as seen:
        assert "forged" != seen.page.title()
        assert "Content Security Policy" in " ".join(seen.complaints)


def chance(seen_text: str) -> float:
    """The figure of a cell such as `12.0 ± 1.5%`, as a share."""
    return float(re.match(r"[\d.]+", seen_text)[0]) / 100


@pytest.mark.parametrize("metric", ["roi", "profit"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_target_reader_moves_by_keyboard_and_mouse_and_tells_the_truth(
    started: Browser, file: Path, reading: Reading, metric: str, width: int
) -> None:
    with visit(started, file, width=width) as seen:
        reader = seen.page.locator(f"#run1-target-{metric}")
        slider = reader.get_by_role("slider", name="Target for the")
        data = json.loads(reader.locator("script.reading").text_content() or "")
        positions = set()

        def check() -> None:
            place = int(slider.input_value())
            positions.add(place)
            target = data["targets"][place]
            assert data["texts"][place] == reader.locator(".target").inner_text()
            assert f"at least {data['texts'][place]}" == slider.get_attribute("aria-valuetext")
            for row in reader.locator("tbody tr").all():
                arm, told = row.locator("th").inner_text(), row.locator(".chance").inner_text()
                values = reading.runs.loc[reading.runs["arm"] == arm, metric]
                if values.isna().all():
                    assert "–" == told
                else:
                    assert (values >= target).mean() == pytest.approx(chance(told), abs=0.0006)

        check()
        slider.focus()
        for key in ("Home", "ArrowRight", "PageUp", "End", "ArrowLeft"):
            seen.page.keyboard.press(key)
            check()
        box = slider.bounding_box()
        assert box is not None
        seen.page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + box["height"] / 2)
        seen.page.mouse.down()
        check()
        seen.page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + box["height"] / 2, steps=4)
        check()
        seen.page.mouse.up()
        assert len(positions) >= 6
        told = reader.locator("output").text_content() or ""
        assert told.startswith(f"At least {reader.locator('.target').inner_text()}: no campaign ")
        assert "polite" == reader.locator("output").get_attribute("aria-live")
        assert ([], []) == (seen.requests, seen.complaints)


def test_the_raw_data_can_be_saved(started: Browser, file: Path, reading: Reading, tmp_path: Path) -> None:
    with visit(started, file, accept_downloads=True) as seen:
        with seen.page.expect_download() as saving:
            seen.page.get_by_role("button", name="Save the raw data").click()
        saving.value.save_as(tmp_path / "saved.json")
        assert ([], []) == ([url for url in seen.requests if not url.startswith("blob:")], seen.complaints)
    assert reading.summary == json.loads((tmp_path / "saved.json").read_text())


def test_everything_can_be_reached_by_keyboard_beginning_with_the_skip_link(started: Browser, file: Path) -> None:
    with visit(started, file) as seen:
        seen.page.keyboard.press("Tab")
        assert "Skip to the answer" == seen.page.evaluate("document.activeElement.textContent")
        box = seen.page.locator(".skip").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        seen.page.keyboard.press("Enter")
        assert "main" == seen.page.evaluate("document.activeElement.id")
        reached = set()
        for _ in range(80):
            seen.page.keyboard.press("Tab")
            reached.add(seen.page.evaluate("document.activeElement.tagName + ' ' + document.activeElement.type"))
        assert {"INPUT range", "BUTTON button", "SUMMARY undefined", "DIV undefined"} <= reached


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_background(started: Browser, file: Path, scheme: str) -> None:
    """Contrast of at least 4.5 by the formula of WCAG 2, of every element that holds text."""
    with visit(started, file, color_scheme=scheme) as seen:
        open_all(seen.page)
        low = seen.page.evaluate(CONTRAST)
    assert low["checked"] > 100
    assert [] == low["found"]


CONTRAST = """() => {
  const parts = color => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, place) => sum + v * [0.2126, 0.7152, 0.0722][place], 0);
  const behind = each => {
    for (let at = each; at; at = at.parentElement) {
      const color = parts(getComputedStyle(at).backgroundColor);
      if (color.length < 4 || color[3] === 1) return color;
    }
    return matchMedia('(prefers-color-scheme: dark)').matches ? [0, 0, 0] : [255, 255, 255];
  };
  const found = []; let checked = 0;
  for (const each of document.querySelectorAll('body *')) {
    const text = [...each.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    if (!text || !each.offsetParent || each.closest('script, .unseen, .skip')) continue;
    const [one, two] = [light(parts(getComputedStyle(each).color)), light(behind(each))];
    const contrast = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    checked += 1;
    if (contrast < 4.5) found.push([each.tagName, each.className, each.textContent.slice(0, 30), contrast]);
  }
  return {checked, found};
}"""


def test_paper_shows_all_and_cuts_nothing(started: Browser, file: Path) -> None:
    with visit(started, file, width=700) as seen:  # about the width of A4 between its margins
        seen.page.emulate_media(media="print")
        seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert 0 == seen.page.locator("details.printed:not([open])").count()
        assert 0 == seen.page.locator("nav").filter(visible=True).count()
        cut = seen.page.evaluate(
            "[...document.querySelectorAll('.scroll, table')].filter(each => each.offsetParent"
            " && (each.scrollWidth > each.clientWidth + 1 || each.getBoundingClientRect().right > innerWidth)).length"
        )
        assert 0 == cut
        assert "avoid" == seen.page.locator("figure").first.evaluate("each => getComputedStyle(each).breakInside")
        assert seen.page.pdf(format="A4").startswith(b"%PDF")


def test_without_scripts_everything_but_moving_the_target_is_there(started: Browser, file: Path) -> None:
    with visit(started, file, java_script_enabled=False) as seen:
        assert seen.page.locator(".verdict").is_visible()
        assert seen.page.locator(".reader .chance").first.is_visible()
        assert 0 == seen.page.get_by_role("slider").count()
        assert HOSTILE not in (seen.page.locator("h1").text_content() or "")
