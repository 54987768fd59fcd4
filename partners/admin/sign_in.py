"""What Django and the login library would show is nobody's to edit: groups, the secrets of second factors above all."""

import allauth.account.admin
import allauth.mfa.admin
import django.contrib.auth.admin
from django.contrib import admin

for page in (allauth.account.admin, allauth.mfa.admin, django.contrib.auth.admin):
    for model in [model for model, shown in admin.site._registry.items() if type(shown).__module__ == page.__name__]:
        admin.site.unregister(model)
