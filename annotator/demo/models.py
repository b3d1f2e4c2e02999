from django.db import models


class DemoLoad(models.Model):
    """Says that the demo project was loaded into this database: once deleted, it does not come back."""

    loaded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"demo loaded at {self.loaded_at}"
