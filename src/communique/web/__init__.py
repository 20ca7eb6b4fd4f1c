"""The web pages: look, check, correct. Server-rendered; reads only through `communique.archive`.

How it hangs together
---------------------
`page.Page` is one page: its path, the model of its query (`asked`), the function that gives its data
(`data`), the template that shows them, and, where it lists, the rows of its CSV twin (`table`).
`pages.PAGES` is the registry of all of them: each module of `views` holds pages of one sort and a tuple
`PAGES`; `pages.py` joins these tuples. From a `Page` come three addresses: `/events`, `/events.json`,
`/events.csv` (the last where there is a `table`). Twins, ETags, OpenAPI, navigation and the tests that walk
over all routes follow from the registry alone.

To add a page
-------------
1. In `views/NAME.py` write a query model (a subclass of `page.Asked`; its fields are the GET parameters, empty
   ones count as not given), models of what is shown (subclasses of `page.Shown`) and the function
   `data(archive, asked, **keys) -> Shown`, where `keys` are the parts of the path. It raises `page.Missing`
   where there is no such thing. Everything the template shows must come from what it gives, so that the
   JSON twin holds it as well.
2. Write `templates/NAME.html` that extends `layout.html`; see the macros of `templates/parts.html`:
   `actors`, `actor`, `kind`, `status`, `days`, `confidence`, `event_table`, `passage`, `pager`, `filters`, `figure`,
   `nothing`, `twins`.
3. Make the `Page`, put it into the module's `PAGES`, and the module into `pages.py`.

What templates may rely on
--------------------------
Every value printed passes `plain.shown`: control, bidirectional and invisible characters come out as
`⟨U+202E⟩`, then Jinja escapes. Filters: `name` (ARM -> Armenia), `days` (an interval in words), `url` for
an object's address (`{{ url('document', id) }}`), `kind_name`, `number`, `short`. No inline script or style: the
Content-Security-Policy forbids both (`headers.py`); SVG presentation attributes are fine. Charts are SVG made
by `charts.py`.
"""
