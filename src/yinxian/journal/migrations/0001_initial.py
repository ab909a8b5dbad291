import django.db.models.deletion
import uuid
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
                    name='Entry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('name', models.CharField(db_index=True, max_length=80)),
                        ('at', models.DateTimeField()),
                        ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('actor_slug', models.CharField(blank=True, max_length=16)),
                        ('subject_type', models.CharField(max_length=60)),
                        ('subject_id', models.BigIntegerField()),
                        ('subject_slug', models.CharField(blank=True, max_length=40)),
                        ('organisations', models.JSONField(default=list)),
                        ('data', models.JSONField(default=dict)),
                        ('leaf', models.CharField(editable=False, max_length=64)),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'indexes': [models.Index(fields=['subject_type', 'subject_id', 'at'], name='journal_ent_subject_ec099a_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='Head',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('next_position', models.BigIntegerField(default=1)),
                        ('sealed_to', models.BigIntegerField(default=0)),
                        ('placed_to', models.BigIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name='Position',
                    fields=[
                        ('position', models.BigIntegerField(primary_key=True, serialize=False)),
                        ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='place', to='journal.entry')),
                    ],
                ),
                migrations.CreateModel(
                    name='Cursor',
                    fields=[
                        ('follower', models.CharField(max_length=80, primary_key=True, serialize=False)),
                        ('position', models.BigIntegerField(default=0)),
                        ('attempts', models.PositiveIntegerField(default=0)),
                        ('error', models.TextField(blank=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='Parked',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('follower', models.CharField(max_length=80)),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.entry')),
                        ('error', models.TextField()),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('follower', 'entry'), name='journal_parked_once')],
                    },
                ),
                migrations.CreateModel(
                    name='DayDone',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('duty', models.CharField(max_length=80)),
                        ('day', models.DateField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('duty', 'day'), name='journal_duty_once_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='Seal',
                    fields=[
                        ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                        ('first', models.BigIntegerField()),
                        ('last', models.BigIntegerField()),
                        ('root', models.CharField(max_length=64)),
                        ('previous', models.CharField(blank=True, max_length=64)),
                        ('at', models.DateTimeField()),
                        ('key', models.CharField(max_length=64)),
                        ('signature', models.CharField(max_length=128)),
                    ],
                ),
            ],
        ),
    ]
