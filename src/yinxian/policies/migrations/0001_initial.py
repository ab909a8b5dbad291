import django.db.models.deletion
import yinxian.kernel.clock
import yinxian.kernel.tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('network', '0002_after_accounts'),
    ]

    operations = [
        yinxian.kernel.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Edition',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('association', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='policy_editions', to='network.organisation')),
                        ('key', models.CharField(max_length=60)),
                        ('version', models.PositiveIntegerField()),
                        ('content', models.JSONField()),
                        ('note', models.CharField(blank=True, max_length=200, verbose_name='改动说明')),
                        ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['association', 'key', '-version'],
                        'constraints': [models.UniqueConstraint(fields=('association', 'key', 'version'), name='policies_version_once')],
                    },
                ),
            ],
        ),
    ]
