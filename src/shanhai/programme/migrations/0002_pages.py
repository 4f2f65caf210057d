"""Thumbnails of photos; indexes for lists by day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programme", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="attachmentcontent", name="thumbnail", field=models.BinaryField(null=True)
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(models.F("pairing"), models.F("day"), name="activity_by_day"),
        ),
        migrations.AddIndex(
            model_name="moneyevent",
            index=models.Index(models.F("pairing"), models.F("day"), name="money_by_day"),
        ),
    ]
