from __future__ import annotations

import re

import pytest

from midstance.errors import InputError
from midstance.model import CATALOGUE
from midstance.programme import (
    DURATION_TOLERANCE,
    FIGURES,
    WORDS_PER_MINUTE,
    cues,
    lesson,
    lessons,
    read_lesson,
)
from midstance.programme.library import content_text
from midstance.wording import doubtful_words

LESSONS = lessons()
SHORT = """
key = "ours"
title = "Ours"
summary = "A lesson of our own."
function = "Standing."
position = "Standing"
duration_min = 12
equipment = []
contraindications = []
on_floor = false
kneeling = false
stop_rules = ["stop with any sharp pain"]
scan_figure = "standing"
opening = "Stand. [60 s]"
scan_open = "Feel your feet. [120 s]"
scan_close = "Feel your feet again. [60 s]"

[[blocks]]
title = "Sway"
intent = "sway"
base = "standing"
range = "small"
reps = 10
tempo = "slow"
tempo_s = 20
rest_s = 60
figure = "standing"
movement = "Sway. [reps]"
attention = "Where does it end?"
rest = "Rest."

[integration]
running_s = 60
standing = "Stand. [30 s]"
walking = "Walk. [30 s]"
running = "Run. [run]"
"""


def words_of(part: str, key: str) -> str:
    return " ".join(line.text for line in lesson(key).script() if line.part == part).lower()


def test_there_are_twelve_lessons_in_order():
    assert [each.number for each in LESSONS] == list(range(1, 13))
    assert len({each.key for each in LESSONS}) == 12
    assert len({each.title for each in LESSONS}) == 12


@pytest.mark.parametrize("each", LESSONS, ids=lambda each: each.key)
def test_a_lesson_takes_as_long_as_it_says(each):
    spoken = 60 * sum(len(line.text.split()) for line in each.script()) / WORDS_PER_MINUTE
    silent = sum(line.pause_s for line in each.script())

    assert 12 <= each.duration_min <= 40
    assert (spoken + silent) / 60 == pytest.approx(each.duration_min, rel=DURATION_TOLERANCE)
    assert silent > 0.5 * spoken  # there is time to move and to rest


@pytest.mark.parametrize("each", LESSONS, ids=lambda each: each.key)
def test_a_lesson_is_written_in_full(each):
    assert 900 <= each.words <= 2000
    assert all(len(line.text.split()) <= 110 for line in each.script())


@pytest.mark.parametrize("each", LESSONS, ids=lambda each: each.key)
def test_a_lesson_has_every_part_in_order(each):
    parts = list(dict.fromkeys(line.part for line in each.script()))

    assert parts == [key for key, _ in each.parts]
    assert parts[:2] == ["opening", "scan_open"]
    assert parts[-4:] == ["standing", "walking", "running", "scan_close"]
    assert len(each.blocks) >= 4
    assert all(block.intent and block.base and block.range and block.tempo for block in each.blocks)


@pytest.mark.parametrize("each", LESSONS, ids=lambda each: each.key)
def test_every_movement_is_repeated_a_few_times_asked_about_and_followed_by_a_rest(each):
    for block in each.blocks:
        assert block.reps >= 3
        assert any("?" in passage.text for passage in (*block.attention, *block.movement))
        assert block.rest[-1].pause_s == block.rest_s >= 20


@pytest.mark.parametrize("each", LESSONS[:11], ids=lambda each: each.key)
def test_both_sides_have_their_turn_or_take_turns(each):
    sides = [block.side for block in each.blocks]

    assert ("first" in sides and {"second", "imagined"} & set(sides)) or sides.count("both") >= 4


@pytest.mark.parametrize("each", LESSONS, ids=lambda each: each.key)
def test_the_other_side_is_imagined_before_it_is_moved(each):
    text = " ".join(line.text for line in each.script()).lower()

    assert each.number == 12 or re.search(r"imagine|in your mind|think of drawing|run in your mind", text)


@pytest.mark.parametrize("each", LESSONS, ids=lambda each: each.key)
def test_running_is_easy_short_and_may_be_left_out(each):
    running = [line for line in each.script() if line.part == "running"]

    assert 60 <= each.running_s <= 120
    assert max(line.pause_s for line in running) == each.running_s


@pytest.mark.parametrize("each", LESSONS, ids=lambda each: each.key)
def test_it_says_when_to_stop_in_writing_and_aloud(each):
    assert any("sharp" in rule for rule in each.stop_rules)
    assert any("2 out of 10" in rule for rule in each.stop_rules)
    assert "sharp" in words_of("opening", each.key)
    assert each.contraindications


@pytest.mark.parametrize("each", LESSONS, ids=lambda each: each.key)
def test_who_does_not_kneel_or_lie_on_the_floor_has_another_way(each):
    assert len(each.alternative.split()) >= 12
    kneels = {block.figure for block in each.blocks} & {"hands_and_knees", "half_kneeling"}
    assert bool(kneels) == each.kneeling


def test_the_kneeling_lessons_offer_the_other_way_aloud():
    assert "table" in words_of("opening", "swinging_hip")
    assert "step" in words_of("opening", "over_a_still_foot")


@pytest.mark.parametrize("each", LESSONS, ids=lambda each: each.key)
def test_the_breath_stays_free(each):
    assert "breath" in " ".join(line.text for line in each.script()).lower()


@pytest.mark.parametrize("each", LESSONS, ids=lambda each: each.key)
def test_the_same_is_looked_at_before_and_after(each):
    before, after = words_of("scan_open", each.key), words_of("scan_close", each.key)
    shared = set(re.findall(r"[a-z]{4,}", before)) & set(re.findall(r"[a-z]{4,}", after))

    assert len(shared) >= 5
    assert "?" in after


@pytest.mark.parametrize("each", LESSONS, ids=lambda each: each.key)
def test_measures_and_pictures_exist(each):
    assert each.metric_targets
    assert set(each.metric_targets) <= set(CATALOGUE)
    assert {line.figure for line in each.script()} <= set(FIGURES)


@pytest.mark.parametrize("each", LESSONS, ids=lambda each: each.key)
def test_a_lesson_uses_no_trade_mark_and_makes_no_promise(each):
    text = " ".join([each.title, each.summary, each.function, each.alternative, *each.stop_rules])
    spoken = "\n".join(line.text for line in each.script())

    assert doubtful_words(text) == ()
    assert doubtful_words(spoken) == ()


@pytest.mark.parametrize("each", LESSONS, ids=lambda each: each.key)
def test_a_voice_reads_no_marks(each):
    assert not any(re.search(r"[\[\]{}*_#]", line.text) for line in each.script())


def test_a_lean_and_heel_lifts_are_not_for_a_sore_achilles_tendon():
    assert "achilles" in lesson("leaning_line").not_for
    assert "achilles" in lesson("heels_at_the_wall").not_for


def test_every_lesson_that_a_cue_names_exists():
    assert {key for cue in cues() for key in cue.lessons} <= {each.key for each in LESSONS}


def test_a_lesson_of_ones_own_is_read_in_the_same_format():
    ours = read_lesson(SHORT)
    pauses = {line.text: line.pause_s for line in ours.script()}

    assert pauses["Sway."] == 200
    assert pauses["Where does it end?"] == 40
    assert pauses["Rest."] == 60
    assert pauses["Run."] == 60


def changed(old: str, new: str) -> str:
    assert old in SHORT
    return SHORT.replace(old, new, 1)


@pytest.mark.parametrize(
    ("text", "line", "what", "remedy"),
    [
        (changed("duration_min = 12", "duration_min = 20"), 7, "words and pauses take", "write"),
        (changed('title = "Ours"\n', ""), 1, "`title` is missing", "add it as a text"),
        (changed("[reps]", "[resp]"), 28, "[resp]", "end a paragraph with"),
        (changed("reps = 10", "reps = 100"), 23, "100, not between 1 and 20", "between"),
        (changed("kneeling = false", "kneeling = true"), 1, "`alternative` is missing", "somebody"),
        (changed('figure = "standing"\nmov', 'figure = "flying"\nmov'), 27, "'flying'", "choose one of"),
        (changed("[run]", "[20 s]"), 36, "leaves no time to run", "[run]"),
        (changed("reps = 10", "reps = ten"), 23, "not readable as TOML", "quotes"),
        (
            changed('intent = "sway"', 'intent = "sway"\ncolour = "red"'),
            21,
            "`colour` is not a key",
            "take it out",
        ),
        (changed('["stop with any sharp pain"]', "[]"), 12, "`stop_rules` is empty", "say when to stop"),
        (changed("running_s = 60", "running_s = 600"), 33, "600, not between", "between"),
        (changed('"Sway. [reps]"', '""'), 28, "`movement` is empty", "write it out"),
        (changed("on_floor = false", 'on_floor = "no"'), 10, "'no'", "true or false"),
    ],
)
def test_a_slip_in_a_lesson_is_named_with_its_line_and_what_to_do(text, line, what, remedy):
    with pytest.raises(InputError) as error:
        read_lesson(text, "ours.toml")

    assert what in error.value.what
    assert error.value.where == f"ours.toml, line {line}"
    assert remedy in error.value.remedy


def test_a_lesson_key_that_does_not_exist_names_those_that_do():
    with pytest.raises(InputError, match="foot_and_pelvis"):
        lesson("flying")


def test_our_own_lessons_can_be_taken_as_a_pattern():
    text = content_text("lessons/01_foot_and_pelvis.toml")

    assert read_lesson(text) == lesson("foot_and_pelvis")


@pytest.fixture(scope="module")
def how_to(checkout) -> str:
    return (checkout / "docs" / "how-to" / "write-a-lesson.md").read_text(encoding="utf-8")


def test_the_example_of_the_how_to_can_be_read(how_to):
    head, block = re.findall(r"(?s)```toml\n(.*?)```", how_to)
    spoken = SHORT[SHORT.index("opening") : SHORT.index("[[blocks]]")].replace("[120 s]", "[300 s]")
    ours = read_lesson(head.replace("15  ", "12  ") + spoken + block + SHORT[SHORT.index("[integration]") :])

    assert ours.key == "soft_landing"
    assert [passage.pause_s for passage in ours.blocks[0].movement] == [42, 12]


def test_every_picture_and_side_is_named_in_the_how_to(how_to):
    named = set(re.findall(r"`(\w+)`", how_to))

    assert set(FIGURES) <= named
    assert all(side in how_to for side in ("first", "second", "both", "imagined"))
