from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill_segmenters(apps, schema_editor):
    """Until now a project never changed its segmenter, so that each record is of the project's."""
    record = apps.get_model("embeddings", "EmbeddingRecord")
    image = apps.get_model("images", "Image")
    of_project = image.objects.filter(pk=OuterRef("image_id")).values("project__segmenter")
    record.objects.update(segmenter=Subquery(of_project))


class Migration(migrations.Migration):
    dependencies = [
        ("embeddings", "0001_initial"),
        ("images", "0001_initial"),
        ("projects", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="embeddingrecord",
            name="segmenter",
            field=models.CharField(default="", max_length=100),
            preserve_default=False,
        ),
        migrations.RunPython(fill_segmenters, migrations.RunPython.noop),
        migrations.AddField(
            model_name="embeddingrecord",
            name="earlier_key",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddField(
            model_name="embeddingrecord",
            name="earlier_segmenter",
            field=models.CharField(blank=True, default="", max_length=100),
        ),
        migrations.AddIndex(
            model_name="embeddingrecord",
            index=models.Index(fields=["key"], name="embedding_by_key"),
        ),
        migrations.AddIndex(
            model_name="embeddingrecord",
            index=models.Index(
                condition=models.Q(("earlier_key", ""), _negated=True),
                fields=["earlier_key"],
                name="embedding_by_earlier_key",
            ),
        ),
    ]
