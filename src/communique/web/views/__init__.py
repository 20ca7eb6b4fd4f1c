"""The pages by sort: each module holds the data functions of some pages and a tuple `PAGES` of them."""
