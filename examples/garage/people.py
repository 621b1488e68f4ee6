"""Where the garage's customers live and what they are called. Nobody here is real.

Telephone numbers come from the ranges that the regulators keep for films and examples (Ofcom's 07700 900 and
020 7946 0, 555-01 in North America, and their German, French, Irish and Australian likes); where a country has none,
the customer has a British one.
"""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    share: int
    country: str
    locale: str
    zone: str
    town: str
    phone: str  # each # is a digit


PLACES = [
    Place(34, "GB", "en-GB", "Europe/London", "London", "+44 20 7946 0###"),
    Place(24, "GB", "en-GB", "Europe/London", "Bristol", "+44 7700 900###"),
    Place(22, "GB", "en-GB", "Europe/London", "Leeds", "+44 113 496 0###"),
    Place(20, "GB", "en-GB", "Europe/London", "Manchester", "+44 161 496 0###"),
    Place(14, "GB", "en-GB", "Europe/London", "Edinburgh", "+44 131 496 0###"),
    Place(8, "GB", "en-GB", "Europe/London", "Belfast", "+44 28 9649 6###"),
    Place(12, "IE", "en-IE", "Europe/Dublin", "Cork", "+44 7700 900###"),
    Place(14, "DE", "de-DE", "Europe/Berlin", "Berlin", "+44 7700 900###"),
    Place(8, "DE", "de-DE", "Europe/Berlin", "Köln", "+44 7700 900###"),
    Place(14, "FR", "fr-FR", "Europe/Paris", "Lyon", "+44 7700 900###"),
    Place(6, "FR", "fr-FR", "Europe/Paris", "Nantes", "+44 7700 900###"),
    Place(9, "ES", "es-ES", "Europe/Madrid", "Valencia", "+44 7700 900###"),
    Place(4, "ES", "es-ES", "Atlantic/Canary", "Las Palmas", "+44 7700 900###"),
    Place(7, "PT", "pt-PT", "Europe/Lisbon", "Porto", "+44 7700 900###"),
    Place(3, "PT", "pt-PT", "Atlantic/Azores", "Ponta Delgada", "+44 7700 900###"),
    Place(10, "US", "en-US", "America/New_York", "Boston", "+1 617 555 01##"),
    Place(6, "US", "en-US", "America/Chicago", "Chicago", "+1 312 555 01##"),
    Place(3, "US", "en-US", "America/Denver", "Denver", "+1 303 555 01##"),
    Place(3, "US", "en-US", "America/Phoenix", "Tucson", "+1 520 555 01##"),
    Place(8, "US", "en-US", "America/Los_Angeles", "Oakland", "+1 510 555 01##"),
    Place(8, "AU", "en-AU", "Australia/Sydney", "Sydney", "+44 7700 900###"),
    Place(4, "AU", "en-AU", "Australia/Adelaide", "Adelaide", "+44 7700 900###"),
    Place(9, "IN", "en-IN", "Asia/Kolkata", "Pune", "+44 7700 900###"),
]

_ENGLISH = (
    "Amelia Beatrice Chloe Eleanor Fiona Grace Hannah Imogen Jasmine Louise Megan Niamh Olivia Priya Rosie Zara",
    "Adam Ben Callum Daniel Edward Finlay George Harry Isaac Jack Liam Mohammed Oliver Rory Samuel Tariq",
    "Abbott Ahmed Baker Campbell Clarke Davies Evans Fraser Graham Hughes Khan Lewis MacLeod Morgan O'Brien Okafor "
    "Patel Reid Shaw Taylor Walsh Wright",
)
# By language: women's given names, men's, family names.
NAMES: dict[str, tuple[str, str, str]] = {
    "en": _ENGLISH,
    "de": (
        "Anna Birgit Clara Greta Heike Jana Katrin Lena Miriam Sabine",
        "Anton Björn Dieter Emil Felix Jürgen Karl Lukas Moritz Stefan",
        "Bauer Böhm Fischer Groß Hartmann Jäger Köhler Lang Müller Schäfer Vogel Weiß",
    ),
    "fr": (
        "Adèle Camille Chloé Élise Hélène Inès Juliette Manon Noémie Zoé",
        "Antoine Benoît Étienne François Hugo Jérôme Louis Mathieu Rémi Théo",
        "Bernard Chevalier Dubois Fournier Girard Lefèvre Martin Moreau Noël Rousseau",
    ),
    "es": (
        "Ana Begoña Carmen Elena Inés Lucía María Nuria",
        "Andrés Carlos Diego Íñigo Javier José Luis Pablo",
        "Castro Díaz Fernández García Ibáñez López Muñoz Núñez",
    ),
    "pt": (
        "Ana Beatriz Catarina Inês Joana Leonor",
        "André Bruno João Luís Nuno Tomás",
        "Almeida Carvalho Conceição Ferreira Gonçalves Simões",
    ),
    "in": (
        "Aditi Divya Kavya Meera Nisha Sunita",
        "Arjun Deepak Kiran Rahul Sanjay Vikram",
        "Deshpande Iyer Joshi Kulkarni Nair Sharma",
    ),
}
SALUTATIONS = {
    "en": ("Ms", "Mr"),
    "de": ("Frau", "Herr"),
    "fr": ("Mme", "M."),
    "es": ("Sra.", "Sr."),
    "pt": ("Sra.", "Sr."),
    "in": ("Ms", "Mr"),
}
STREETS = {
    "en": "Mill Lane,Station Road,Orchard Close,Chapel Street,Harbour View,Quarry Hill",
    "de": "Mühlweg,Bahnhofstraße,Gartenweg,Lindenallee",
    "fr": "rue du Moulin,rue de la Gare,chemin des Vignes,allée des Tilleuls",
    "es": "calle del Molino,calle de la Estación,camino de la Huerta",
    "pt": "rua do Moinho,rua da Estação,travessa das Flores",
    "in": "Mango Lane,Station Road,Temple Street",
}
FIRMS = ["Bolt & Sons", "Lark Couriers", "Green Door Bakery", "Mossy's Gardens", "P. & Q. Plumbing", "Rook Catering"]


def language(place: Place) -> str:
    return "in" if place.country == "IN" else place.locale.partition("-")[0]
