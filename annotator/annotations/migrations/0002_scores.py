from django.db import migrations, models

SCORES = ("predicted_iou", "stability_score", "mean_logit")


def fill_from_provenance(apps, schema_editor):
    annotation_model = apps.get_model("annotations", "Annotation")
    scored = []
    for annotation in annotation_model.objects.exclude(provenance={}).only("pk", "provenance").iterator():
        for name in SCORES:
            setattr(annotation, name, annotation.provenance.get(name))
        scored.append(annotation)
        if len(scored) == 1000:
            annotation_model.objects.bulk_update(scored, SCORES)
            scored = []
    annotation_model.objects.bulk_update(scored, SCORES)


class Migration(migrations.Migration):
    dependencies = [("annotations", "0001_initial")]

    operations = [
        *(
            migrations.AddField(model_name="annotation", name=name, field=models.FloatField(null=True))
            for name in SCORES
        ),
        migrations.RunPython(fill_from_provenance, migrations.RunPython.noop),
    ]
