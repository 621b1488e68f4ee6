"""The site's one page."""

from __future__ import annotations

from django.urls import path

from shop.views import courtesies

urlpatterns = [path("", courtesies, name="courtesies")]
