"""Speaks to one search engine: by a POST of the notice, or by mail. What its results show to whom, we cannot see."""

from haetae.connectors.base import Capability, Locator, Look
from haetae.connectors.between import NoticeConnector
from haetae.connectors.web_page.connector import WebPageConnector


class SearchIndexConnector(NoticeConnector):
    """The notice says which of the two is asked: `de_index` or `remove_from_cache`.

    A small copy that lies at its own address is another thing: everybody can see it there, so that we look as at any
    public page, and the engine is asked to delete it like whoever else shows a picture. A page of results that somebody
    reports is full of other people's pictures: nothing is taken from it.
    """

    name = "search_index"
    capabilities = NoticeConnector.capabilities | {Capability.LOOK}

    def read_media(self, locator: Locator) -> bytes:
        return WebPageConnector.read_media(self, locator)

    def look(self, locator: Locator) -> Look:
        return WebPageConnector.look(self, locator)
