"""The only settings file. Values from the environment come through env.py; production is the default."""

from django.utils.translation import gettext_lazy as _

from mkbdeal import cache, env, headers

BASE_DIR = env.BASE_DIR
DATA_FOLDER = env.data_folder()
SITE_URL = env.site_url()
ON_TLS = SITE_URL.scheme == "https"
EMBEDDED = "postgres" in env.absent_servers()

DEBUG = False
SECRET_KEY = env.secret("SECRET_KEY")
LINK_KEY = env.secret("LINK_KEY", unlike=SECRET_KEY)
LINK_KEY_OLD = env.read.str("LINK_KEY_OLD", default="")
ALLOWED_HOSTS = env.allowed_hosts(SITE_URL)
CSRF_TRUSTED_ORIGINS = [SITE_URL.geturl()]

# --- Apps and routes -------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "mkbdeal",
    "signups",
    "hubs",
    "partners",
    "content",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_prose_editor",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "mkbdeal.backoffice_config.BackOfficeConfig",  # django.contrib.admin with our own site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]
ROOT_URLCONF = "mkbdeal.urls"
WSGI_APPLICATION = "mkbdeal.wsgi.application"

MIDDLEWARE = [
    # The headers first, so that they are on every answer, whoever gives it.
    "mkbdeal.headers.constant_headers",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mkbdeal.input.clean_input",
    "mkbdeal.gate.closed_until_replayed",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "mkbdeal.methods.Methods",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mkbdeal.account.second_factor.SecondFactor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Safety ----------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = headers.CONTENT_SECURITY_POLICY
PERMISSIONS_POLICY = headers.PERMISSIONS_POLICY
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ON_TLS
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|statusz)$"]  # asked by the proxy itself, without TLS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if ON_TLS else 0
# One domain speaks for itself only: whether its parent's other names are on TLS is not ours to promise.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)
if TRUSTED_PROXIES > 0:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "mkbdeal.errors.form_without_cookie"
CSRF_COOKIE_AGE = None  # until the browser closes: nothing of a visit outlives it

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["name", "email"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- Data ------------------------------------------------------------------------------------------------------------

SESSION_ENGINE = "partners.sessions"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # a cookie would go along to public pages
DATABASES = {"default": env.database()}
REDIS_URL = env.redis_url()
CACHES = {
    "default": {"BACKEND": "mkbdeal.cache.ForgivingCache", "LOCATION": REDIS_URL, "OPTIONS": {**cache.OPTIONS}},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Logging in, for staff alone -------------------------------------------------------------------------------------

AUTH_USER_MODEL = "partners.User"
AUTHENTICATION_BACKENDS = ["mkbdeal.account.backend.AccountBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/beheer/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "mkbdeal.account.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "mkbdeal.account.forms.LoginForm",
    "reauthenticate": "mkbdeal.account.forms.PasswordAgainForm",
    "change_password": "mkbdeal.account.forms.ChangePasswordForm",
    "reset_password": "mkbdeal.account.forms.AskForPasswordForm",
    "reset_password_from_key": "mkbdeal.account.forms.NewPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation proves the address
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
PASSWORD_RESET_TIMEOUT = 24 * 3600
ACCOUNT_SESSION_REMEMBER = True  # for SESSION_COOKIE_AGE, two weeks
ACCOUNT_PREVENT_ENUMERATION = "strict"
# A school, a hub or the office is one internet address: whatever it may is shared by everybody there. What protects an
# account from guessing is its own limit, of which its owner is told: five wrong passwords or codes in five minutes,
# counted in the database (partners/domain/attempts.py). The limits here, of the address, stand in the cache. They only
# slow trying one password on many accounts, and stay out of reach of somebody who types: sixty wrong ones in a minute,
# and as many who log in rightly beside them. They are over after a minute.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip"}
MFA_ADAPTER = "mkbdeal.account.codes.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "mkbdeal.account.forms.CodeForm",
    "reauthenticate": "mkbdeal.account.forms.CodeAgainForm",
    "activate_totp": "mkbdeal.account.forms.FirstCodeForm",
    "add_webauthn": "mkbdeal.account.forms.PasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "MKB-deal beheer"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ON_TLS  # browsers themselves allow it for localhost alone

# --- Language and time -----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["mkbdeal.formats"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

# --- Files -----------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_FOLDER / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "mkbdeal.stylesheet.StylesheetFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
ERASURE_LEDGER = env.erasure_ledger(DATA_FOLDER)
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_FOLDER / "media"
FILE_UPLOAD_PERMISSIONS = 0o600 if EMBEDDED else 0o644
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": f"mkbdeal.storage.{'PlainStorage' if EMBEDDED else 'CompressedStorage'}"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

# --- Mail ------------------------------------------------------------------------------------------------------------

MAIL_FOLDER = DATA_FOLDER / "mail"
vars().update(env.mail(MAIL_FOLDER))
EMAIL_TIMEOUT = 3
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.read.str("DEFAULT_FROM_EMAIL", default=f"noreply@{SITE_URL.hostname}")

# --- Logging ---------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "mkbdeal.logs.DiscreetFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        # A page that is not there or a refused request is no fault of ours; the proxy counts them.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}
