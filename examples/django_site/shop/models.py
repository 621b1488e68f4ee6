"""Whom the shop serves and what they bought."""

from __future__ import annotations

from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    zone = models.CharField(max_length=64, blank=True, help_text="IANA name; empty: the shop's own")
    birthday = models.DateField(null=True, blank=True)


class Purchase(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    bought_at = models.DateTimeField()
    article = models.CharField(max_length=200)
