"""What search engines read: schema.org data of hubs, programmes and activities. Only what the page shows too."""

from typing import Any

from content.clock import AMSTERDAM
from content.localised import localised
from content.structured_data import CONTEXT, absolute
from hubs.models import Activity, Hub, Programme
from hubs.schedule import elsewhere

Data = dict[str, Any]


def hub(found: Hub) -> Data:
    """A place where one learns (schema.org EducationalOrganization, with its Place as location)."""
    data: Data = {
        "@context": CONTEXT,
        "@type": "EducationalOrganization",
        "name": str(found),
        "description": localised(found, "summary")[0],
        "url": absolute(found.get_absolute_url()),
        "location": _place(found),
    }
    if found.website:
        data["sameAs"] = found.website
    return data


def programme(found: Programme, at: Hub) -> Data:
    """A Course; its dates are EducationEvents of their own."""
    return {
        "@context": CONTEXT,
        "@type": "Course",
        "name": localised(found, "title")[0],
        "description": localised(found, "summary")[0],
        "url": absolute(found.get_absolute_url()),
        "provider": _organisation(at),
    }


def activity(found: Activity, at: Hub) -> Data:
    """An EducationEvent with its offset; cancelled ones say so."""
    place = elsewhere(found.meetings.all())
    status = "EventCancelled" if found.cancelled_at else "EventScheduled"
    data: Data = {
        "@context": CONTEXT,
        "@type": "EducationEvent",
        "name": localised(found.programme, "title")[0],
        "description": localised(found.programme, "summary")[0],
        "url": absolute(found.get_absolute_url()),
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {"@type": "Place", "name": place, "address": place} if place else _place(at),
        "organizer": _organisation(at),
    }
    if found.first_starts_at and found.last_ends_at:
        data["startDate"] = found.first_starts_at.astimezone(AMSTERDAM).isoformat()
        data["endDate"] = found.last_ends_at.astimezone(AMSTERDAM).isoformat()
    if found.price is not None:
        data["isAccessibleForFree"] = found.price == 0
    return data


def _organisation(at: Hub) -> Data:
    named: Data = {"@type": "EducationalOrganization", "name": str(at)}
    return {**named, "url": absolute(at.url)} if at.url else named


def _place(at: Hub) -> Data:
    address = {
        "@type": "PostalAddress",
        "streetAddress": at.street,
        "postalCode": at.postcode if "postcode" not in at.to_confirm else "",
        "addressLocality": at.town,
        "addressCountry": "NL",
    }
    place: Data = {
        "@type": "Place",
        "name": str(at),
        "address": {key: value for key, value in address.items() if value},
    }
    if at.latitude is not None and at.longitude is not None:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": str(at.latitude), "longitude": str(at.longitude)}
    return place
