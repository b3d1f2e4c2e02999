from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_initial")]

    operations = [
        migrations.AddField(model_name="category", name="attributes", field=models.JSONField(default=list)),
        migrations.AddField(
            model_name="project",
            name="overlap_policy",
            field=models.CharField(
                choices=[
                    ("free", "Masks may overlap"),
                    ("take", "Masks do not overlap: a new one takes the pixels of those under it"),
                    ("yield", "Masks do not overlap: a new one leaves the pixels of those that are there"),
                ],
                default="free",
                max_length=10,
            ),
        ),
    ]
