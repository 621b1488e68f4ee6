"""The page of courtesies: /?start=2026-11-23, from today where no start is given."""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.utils import timezone

import courtesy
from shop.courtesies import plan_courtesies, rules
from shop.models import Customer


def courtesies(request: HttpRequest) -> HttpResponse:
    try:
        plan = plan_courtesies(request.GET.get("start") or timezone.localdate())
    except courtesy.TimeError as error:
        return HttpResponseBadRequest(str(error), content_type="text/plain; charset=utf-8")
    names = dict(Customer.objects.values_list("id", "name"))
    owed = [
        {
            "when": reminder.local.replace(tzinfo=None),
            "who": names[reminder.customer],
            "what": reminder.occasion,
            "how": reminder.channel,
            "why": plan.explain(reminder).sentence,
            "state": reminder.state,
        }
        for reminder in plan
    ]
    return render(request, "shop/courtesies.html", {"shop": rules().shop["name"], "plan": plan, "owed": owed})
