"""Apart from the numbering: Postgres does not alter a table with rows changed in the same transaction."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("annotations", "0003_attributes_lock_position")]

    operations = [
        migrations.AlterField(model_name="annotation", name="position", field=models.FloatField()),
        migrations.RemoveIndex(model_name="annotation", name="live_annotations_of_image"),
        migrations.AddIndex(
            model_name="annotation",
            index=models.Index(
                fields=["image", "position", "id"],
                name="drawn_annotations_of_image",
                condition=Q(deleted_at=None),
            ),
        ),
    ]
