"""Speaks to one search engine: by a POST of the notice, or by mail. What it shows to whom, we cannot see."""

from haetae.connectors.between import NoticeConnector


class SearchIndexConnector(NoticeConnector):
    """The notice says which of the two is asked: `de_index` or `remove_from_cache`."""

    name = "search_index"
