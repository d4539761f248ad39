"""An overview with its drawing, one page a scene, and the signed log behind them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from haetae.story.recorded import LOG, log_bytes, recording
from haetae.web.access import public
from haetae.web.portal.story.drawing import drawing
from haetae.web.portal.story.shown import shown
from haetae.web.words.story import CHAPTERS, SCENES, chapter_of

# Large type, for a room that looks at one screen.
_LARGE = "large"


@public
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All chapters and scenes, and where each stands in the flow."""
    taped = recording()
    told = {
        "chapters": CHAPTERS,
        "count": len(SCENES),
        "first": SCENES[0].name,
        "taped": taped,
        "day": taped.scenes[0].at,
        "drawing": drawing(""),
    }
    return render(request, "portal/story/index.html", told | _mode(request))


@public
@require_safe
def scene(request: HttpRequest, scene: str) -> HttpResponse:
    """One scene: who acts, what is seen, what cannot happen, what the law says, and the proof."""
    names = [one.name for one in SCENES]
    if scene not in names:
        raise Http404
    at = names.index(scene)
    told = {
        "chapter": chapter_of(scene),
        "scene": shown(SCENES[at]),
        "number": at + 1,
        "count": len(names),
        "before": names[at - 1] if at else "",
        "after": names[at + 1] if at + 1 < len(names) else "",
        "drawing": drawing(chapter_of(scene).name),
    }
    return render(request, "portal/story/scene.html", told | _mode(request))


@public
@require_safe
def log(_request: HttpRequest) -> HttpResponse:
    """The log of the recording, for whoever checks it without us."""
    answer = HttpResponse(log_bytes(), content_type="application/jsonl")
    answer["Content-Disposition"] = f'attachment; filename="{LOG}"'
    return answer


def _mode(request: HttpRequest) -> dict[str, object]:
    """Whether it is shown large; every link on the page goes on like this, and one changes it."""
    is_large = _LARGE in request.GET
    here = request.path if request.resolver_match else reverse("portal:story")
    return {
        "is_large": is_large,
        "mode": f"?{_LARGE}" if is_large else "",
        "other_mode": here if is_large else f"{here}?{_LARGE}",
    }
