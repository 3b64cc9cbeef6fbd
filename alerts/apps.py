from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "alerts"
    verbose_name = "Alerts by e-mail"

    def ready(self):
        from alerts import receivers  # noqa: F401  (registers the receivers)
        from alerts.bounces import tracking

        tracking.listen()
