"""What a quick look means for the numbers, item by item, and how to film better."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from midstance import gait
from midstance.model import CheckItem, Code, Fitness
from midstance.pipeline.placing import leg_px

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.model import Issue, Video
    from midstance.pipeline.looking import QuickLook

__all__ = ["Facing", "expected_steps", "judged", "runner_px", "seen_activity", "viewed"]

Facing = Literal["side", "oblique", "front", "rear", "unknown"]

_LEG_OF_BODY = 0.47  # thigh and shank, of stature (Winter 2009, fig. 4.1)
_LYING_DEG = 45.0
_SQUARE_DEG, _SIDE_DEG, _BEHIND_DEG = 10.0, 40.0, 65.0
_FEET_GOOD, _FEET_BAD = 0.75, 0.25
_LEVEL_DEG = 3.0
_RATES_HZ = (50.0, 24.9, 20.0)  # good, works, too few
_BODY_PX = (320.0, 190.0, 130.0)  # good, works, too small
_STEPS = (20, 8, 4)
_RAMP = 4.0  # the legs are this much faster in one part of a burst than in another
_FILM_SIDE = "Film square from the side, the camera level at hip height."


def viewed(look: QuickLook) -> Facing:
    """Return from where the camera sees the runner.

    Parameters
    ----------
    look
        What was seen.
    """
    view = look.place.view if look.place else None
    if view is None:
        return "unknown"
    if view.off_axis_deg < _SIDE_DEG:
        return "side"
    if view.off_axis_deg < _BEHIND_DEG:
        return "oblique"
    return "front" if look.facing > 0 else "rear"


def runner_px(look: QuickLook) -> float | None:
    """Return the height of the runner in the picture [px], None where nobody was seen.

    Parameters
    ----------
    look
        What was seen.
    """
    leg = leg_px(look.place.image_motion) * look.enlarged if look.place else float("nan")
    height = leg / _LEG_OF_BODY if np.isfinite(leg) else look.body_px
    return float(height) if np.isfinite(height) else None


def seen_activity(look: QuickLook) -> str:
    """Return what the person does: running, walking, standing, on the spot, or unclear.

    Parameters
    ----------
    look
        What was seen.
    """
    if look.place is None:
        return "unclear"
    still = look.place.gait is None and look.place.activity == "standing"
    return look.place.activity if look.steady or still else "unclear"


def expected_steps(look: QuickLook) -> int | None:
    """Return how many steps the video probably holds, None where no rhythm was seen.

    Parameters
    ----------
    look
        What was seen.
    """
    if not look.steady or look.place is None or look.place.gait is None:
        return None
    cadence = gait.cadence_spm(look.place.gait.locked)
    return round(look.recording.duration_s * look.shown * cadence / 60.0)


def judged(recording: Video, issues: tuple[Issue, ...], look: QuickLook) -> tuple[CheckItem, ...]:
    """Return every item, in the order in which it is shown.

    Parameters
    ----------
    recording, issues
        The video on the clock of its file, and what is doubtful about the file.
    look
        What was seen in it.
    """
    items = [*_of_file(issues), _frame_rate(recording)]
    if not look.people:
        return (*items, _nobody())
    upright = _upright(look)
    items = [upright, *items, _people(look), _size(recording, look)]
    if upright.state is Fitness.BAD:
        return tuple(items)
    return (*items, _view(look), *_of_body(look), *_of_movement(look))


def _of_file(issues: tuple[Issue, ...]) -> Iterator[CheckItem]:
    for issue in issues:
        if issue.code in {Code.TRUNCATED, Code.VARIABLE_FRAME_RATE}:
            yield CheckItem("file", Fitness.BETTER, issue.sentence, issue.remedy)


def _frame_rate(recording: Video) -> CheckItem:
    rate = recording.rate_hz
    good, works, least = _RATES_HZ
    said = f"The clip has {rate:.3g} pictures per second"
    better = "Choose 60 pictures per second, better 120 or 240, in the camera's settings."
    if rate >= good:
        return CheckItem("frame_rate", Fitness.GOOD, f"{said}.")
    if rate >= works:
        return CheckItem("frame_rate", Fitness.BETTER, f"{said}: enough, but more make it surer.", better)
    state = Fitness.BETTER if rate >= least else Fitness.BAD
    return CheckItem("frame_rate", state, f"{said}: a step is seen only a few times.", better)


def _nobody() -> CheckItem:
    sentence = "Nobody was found in the pictures looked at."
    remedy = "Film one runner, the whole body in the picture, at least a quarter of its height tall."
    return CheckItem("people", Fitness.BAD, sentence, remedy)


def _upright(look: QuickLook) -> CheckItem:
    if abs(look.lean_deg) < _LYING_DEG:
        return CheckItem("upright", Fitness.GOOD, "The picture is the right way up.")
    turned = "lies on its side" if abs(look.lean_deg) < 180 - _LYING_DEG else "is upside down"
    return CheckItem(
        "upright",
        Fitness.BAD,
        f"The picture {turned}.",
        "Turn the clip in your phone's gallery and add it again.",
    )


def _people(look: QuickLook) -> CheckItem:
    if look.people == 1:
        return CheckItem("people", Fitness.GOOD, "One person is in the picture.")
    return CheckItem(
        "people",
        Fitness.BETTER,
        f"{look.people} people are in the picture; the one whose legs move most will be followed.",
        "Film alone. If the wrong one is followed, you can choose the other afterwards.",
    )


def _size(recording: Video, look: QuickLook) -> CheckItem:
    height = runner_px(look) or 0.0
    share = 100.0 * height / recording.height_px
    good, works, least = _BODY_PX
    said = f"The runner is {height:.0f} pixels tall, {min(share, 100):.0f} % of the picture's height"
    if height >= good:
        return CheckItem("size", Fitness.GOOD, f"{said}.")
    state = Fitness.BETTER if height >= least else Fitness.BAD
    how = "rather small" if height >= works else "small: points will be rough"
    remedy = "Go nearer, or film in higher resolution: the body should fill two thirds of the height."
    return CheckItem("size", state, f"{said}: {how}.", remedy)


def _view(look: QuickLook) -> CheckItem:
    facing = viewed(look)
    off = look.place.view.off_axis_deg if look.place and look.place.view else float("nan")
    if facing == "side" and off <= _SQUARE_DEG:
        return CheckItem("view", Fitness.GOOD, "The runner is seen from the side.")
    if facing == "side":
        return CheckItem(
            "view",
            Fitness.BETTER,
            f"The runner is seen about {off:.0f}° off the side.",
            "Stand level with the runner and look straight across.",
        )
    seen = {
        "oblique": f"The runner is seen obliquely, about {off:.0f}° off the side",
        "front": "The runner is seen from the front",
        "rear": "The runner is seen from behind",
        "unknown": "It cannot be told from where the runner is seen",
    }[facing]
    return CheckItem("view", Fitness.BAD, f"{seen}: hip over foot needs a view from the side.", _FILM_SIDE)


def _of_body(look: QuickLook) -> Iterator[CheckItem]:
    if look.place is None:
        return
    yield _feet(look.place.feet_seen)
    scene = look.place.scene
    if scene is not None:
        yield _tilt(scene.roll_deg, scene.roll_sd_deg, known="background" in scene.roll_source)


def _feet(seen: float) -> CheckItem:
    part = f"{100 * seen:.0f} % of the pictures looked at"
    remedy = "Show both feet all the time: step round the treadmill's rail, and leave room under the feet."
    if seen >= _FEET_GOOD:
        return CheckItem("feet", Fitness.GOOD, "The feet are seen.")
    if seen >= _FEET_BAD:
        return CheckItem("feet", Fitness.BETTER, f"The near foot is clear in only {part}.", remedy)
    return CheckItem("feet", Fitness.BAD, f"The near foot is hidden: it is clear in {part}.", remedy)


def _tilt(roll_deg: float, sd_deg: float, *, known: bool) -> CheckItem:
    if not known:
        sentence = "No wall or post shows whether the camera was level; it is taken to be."
        return CheckItem("tilt", Fitness.BETTER, sentence, "Put the phone on a stand and level it.")
    if abs(roll_deg) <= _LEVEL_DEG:
        return CheckItem(
            "tilt", Fitness.GOOD, f"The camera is level within {max(abs(roll_deg), sd_deg):.0f}°."
        )
    sentence = f"The camera is tilted by about {abs(roll_deg):.0f}°; that will be taken out."
    return CheckItem("tilt", Fitness.BETTER, sentence, "Hold the camera level, best on a stand.")


def _of_movement(look: QuickLook) -> Iterator[CheckItem]:
    place = look.place
    if place is None or not look.steady or place.gait is None:
        yield _no_rhythm(look)
        return
    factor = look.recording.slow_motion_factor
    if factor == 1.0:
        yield CheckItem("slow_motion", Fitness.GOOD, "The clip plays in real time.")
    else:
        sentence = f"The clip plays in slow motion, about {factor:.2g} times slower than real."
        remedy = "Nothing is lost; if you know the factor, say it when you start the analysis."
        yield CheckItem("slow_motion", Fitness.BETTER, sentence, remedy)
    yield _activity(place.activity, viewed(look))
    yield _steps(expected_steps(look) or 0)


def _no_rhythm(look: QuickLook) -> CheckItem:
    if seen_activity(look) == "standing":
        sentence = "The person stands still."
        remedy = "Film a run. A clip of standing can be named as such when a run is analysed."
        return CheckItem("activity", Fitness.BAD, sentence, remedy)
    walk = look.place.gait if look.place else None
    if walk is not None and gait.pace_range(walk.locked.signals) > _RAMP:
        return CheckItem(
            "slow_motion",
            Fitness.BAD,
            "The clip seems to change between fast and slow: its clock cannot be trusted.",
            "Use the clip as the camera recorded it, without speed effects.",
        )
    return CheckItem(
        "activity",
        Fitness.BETTER,
        "The quick look saw no steady steps; the long one may.",
        "Film at least twenty steps of running, with the whole body in the picture.",
    )


def _activity(name: str, facing: Facing) -> CheckItem:
    if name == "running":
        return CheckItem("activity", Fitness.GOOD, "The person runs.")
    if name == "on_the_spot" and facing in {"front", "rear"}:
        sentence = "The person steps in place, or runs and is seen from front or behind."
        return CheckItem("activity", Fitness.BAD, sentence, _FILM_SIDE)
    said = {"walking": "walks", "on_the_spot": "runs on the spot", "standing": "stands still"}
    sentence = f"The person {said[name]}." if name in said else "It cannot be told whether the person runs."
    state = Fitness.BAD if name in said else Fitness.BETTER
    return CheckItem("activity", state, sentence, "The numbers are for running: film a run.")


def _steps(count: int) -> CheckItem:
    good, works, least = _STEPS
    if count >= good:
        return CheckItem("steps", Fitness.GOOD, f"The clip holds about {count} steps.")
    state = Fitness.BETTER if count >= least else Fitness.BAD
    few = "few" if count >= works else "very few"
    sentence = f"The clip holds about {count} steps: {few}."
    return CheckItem("steps", state, sentence, "Film at least twenty steps, better half a minute.")
