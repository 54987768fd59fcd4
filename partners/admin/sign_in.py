"""What the login library would show in the back office is nobody's to edit: the secrets of second factors above all."""

import allauth.account.admin
import allauth.mfa.admin
from django.contrib import admin

for page in (allauth.account.admin, allauth.mfa.admin):
    for model in [model for model, shown in admin.site._registry.items() if type(shown).__module__ == page.__name__]:
        admin.site.unregister(model)
