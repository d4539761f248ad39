"""The board's pages. Whatever a visitor wrote is escaped here and nowhere else."""

from html import escape

from sandbox_platform.posts import Post

TOMBSTONE = '<meta name="platform-status" content="removed">'


def index_page(*, posts: list[Post], member: bool) -> str:
    pictures = "\n".join(_card(post) for post in posts) or '<p class="quiet">Nothing here yet.</p>'
    door = "" if member else '<a href="/login">Sign in</a>'
    form = """<form class="card" method="post" action="/posts" enctype="multipart/form-data">
<label>Title <input name="title" maxlength="200" autocomplete="off"></label>
<label>Picture
<input type="file" name="picture" accept="image/jpeg,image/png,image/webp,image/gif" required></label>
<label class="choice"><input type="checkbox" name="members_only" value="yes"> For members only</label>
<button>Publish</button></form>"""
    return _page(title="Picture board", main=f'{form}<section class="grid">{pictures}</section>', aside=door)


def post_page(*, post: Post, page: str, media: str) -> str:
    title = escape(post.title)
    head = f"""<meta property="og:title" content="{title}"><meta property="og:type" content="article">
<meta property="og:url" content="{escape(page)}"><meta property="og:image" content="{escape(media)}">"""
    day = escape(post.created_at[:10])
    main = f"""<article class="card"><img src="/m/{post.id}" alt="{title}"><h1>{title}</h1>
<p class="quiet">Published on <time datetime="{escape(post.created_at)}">{day}</time></p></article>"""
    return _page(title=post.title, main=main, head=head)


def removed_page(*, with_status: bool) -> str:
    main = '<article class="card"><h1>This picture was removed</h1><p>It has left this board.</p></article>'
    return _page(title="Removed", main=main, head=TOMBSTONE if with_status else "")


def missing_page() -> str:
    main = '<article class="card"><h1>Not found</h1><p>There is no such page on this board.</p></article>'
    return _page(title="Not found", main=main)


def refused_page(*, message: str) -> str:
    main = f"""<article class="card"><h1>That did not work</h1><p>{escape(message)}</p>
<p><a href="/">Back to the board</a></p></article>"""
    return _page(title="That did not work", main=main)


def login_page(*, target: str, wrong: bool) -> str:
    note = '<p class="warning" role="alert">That password is not right.</p>' if wrong else ""
    main = f"""<form class="card" method="post" action="/login"><h1>Members only</h1>{note}
<input type="hidden" name="next" value="{escape(target)}">
<label>Password <input type="password" name="password" autocomplete="current-password" required></label>
<button>Sign in</button></form>"""
    return _page(title="Sign in", main=main)


def _card(post: Post) -> str:
    title, mark = escape(post.title), ' <span class="quiet">members</span>' if post.members_only else ""
    return f"""<figure class="card"><a href="/p/{post.id}"><img src="/m/{post.id}" alt="" loading="lazy"></a>
<figcaption><a href="/p/{post.id}">{title}</a>{mark}</figcaption></figure>"""


def _page(*, title: str, main: str, head: str = "", aside: str = "") -> str:
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>{head}<link rel="stylesheet" href="/board.css"></head>
<body><header><a class="name" href="/">Picture board</a>{aside}</header><main>{main}</main></body></html>
"""
