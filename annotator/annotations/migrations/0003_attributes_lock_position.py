from django.db import migrations, models

CHUNK_ROWS = 1000


def number_by_age(apps, schema_editor):
    """The drawing order was the order in which annotations were made: it stays, as 1, 2, 3 … on each image."""
    annotation_model = apps.get_model("annotations", "Annotation")
    rows = annotation_model.objects.order_by("image_id", "created_at", "id").only("id", "image_id")
    image_id, place, numbered = None, 0, []
    for annotation in rows.iterator(chunk_size=CHUNK_ROWS):
        place = place + 1 if annotation.image_id == image_id else 1
        image_id = annotation.image_id
        annotation.position = place
        numbered.append(annotation)
        if len(numbered) == CHUNK_ROWS:
            annotation_model.objects.bulk_update(numbered, ["position"])
            numbered = []
    annotation_model.objects.bulk_update(numbered, ["position"])


class Migration(migrations.Migration):
    dependencies = [("annotations", "0002_scores"), ("projects", "0002_attributes_overlap")]

    operations = [
        *(
            migrations.AddField(model_name=model, name=name, field=field)
            for model in ("annotation", "annotationhistory")
            for name, field in (
                ("attributes", models.JSONField(default=dict)),
                ("locked", models.BooleanField(default=False)),
                ("position", models.FloatField(null=True)),
            )
        ),
        migrations.RunPython(number_by_age, migrations.RunPython.noop),
    ]
