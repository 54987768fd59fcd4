"""Routes of signing up and of a visitor's own sign-up."""

from django.urls import path

from signups.views import date_wish, links, own_afterwards, own_page, own_privacy, own_wish, received, sign_up

urlpatterns = [
    path("agenda/<int:pk>/aanmelden/", sign_up.sign_up, name="sign_up"),
    path("agenda/<int:pk>/aanmelden/klas/", sign_up.sign_up_class, name="sign_up_class"),
    path("agenda/<int:pk>/aanmelden/ontvangen/", received.sign_up_received, name="sign_up_received"),
    path("agenda/wens/", date_wish.date_wish, name="date_wish"),
    path("agenda/wens/ontvangen/", date_wish.date_wish_received, name="date_wish_received"),
    path("agenda/wens/s/<uuid:uuid>/", own_wish.own_wish, name="own_wish"),
    path("agenda/wens/<str:token>/", own_wish.date_wish_link, name="date_wish_link"),
    path("aanmelding/", links.sign_up_links, name="sign_up_links"),
    path("aanmelding/s/<uuid:uuid>/", own_page.own_page, name="own_page"),
    path("aanmelding/s/<uuid:uuid>/wijzigen/", own_page.own_change, name="own_change"),
    path("aanmelding/s/<uuid:uuid>/afmelden/", own_page.own_cancel, name="own_cancel"),
    path("aanmelding/s/<uuid:uuid>/wissen/", own_privacy.own_erase, name="own_erase"),
    path("aanmelding/s/<uuid:uuid>/gegevens.json", own_privacy.own_data, name="own_data"),
    path("aanmelding/s/<uuid:uuid>/bewijs.pdf", own_afterwards.own_certificate, name="own_certificate"),
    path("aanmelding/s/<uuid:uuid>/mening/", own_afterwards.own_feedback, name="own_feedback"),
    path("aanmelding/s/<uuid:uuid>/agenda.ics", own_page.own_calendar, name="own_calendar"),
    path("aanmelding/<str:token>/", links.sign_up_link, name="sign_up_link"),
]
