"""Routes for the staff of partners about themselves. Under /account/, in Dutch alone."""

from django.urls import path

from partners.views import colleagues, invitation, office, sessions

urlpatterns = [
    path("uitnodiging/<str:token>/", invitation.invitation_link, name="invitation_link"),
    path("uitnodiging/s/<uuid:uuid>/", invitation.invitation, name="invitation"),
    path("sessies/", sessions.sessions, name="sessions"),
    path("collegas/", colleagues.colleagues, name="colleagues"),
    path("collegas/leden/<int:pk>/", colleagues.member, name="colleague_member"),
    path("collegas/leden/<int:pk>/weg/", colleagues.remove, name="colleague_remove"),
    path("collegas/uitnodigingen/<int:pk>/", colleagues.invited, name="colleague_invited"),
    path("collegas/programmabureau/", office.colleagues_office, name="colleagues_office"),
    path("collegas/programmabureau/<int:pk>/", office.member, name="colleague_in_office"),
    path("collegas/programmabureau/<int:pk>/weg/", office.remove, name="colleague_leaves_office"),
    path("collegas/bij/<slug:slug>/", colleagues.colleagues_of, name="colleagues_of"),
]
