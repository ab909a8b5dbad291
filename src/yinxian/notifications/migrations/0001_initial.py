import django.db.models.deletion
import yinxian.kernel.clock
import yinxian.kernel.tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('journal', '0001_initial'),
        ('network', '0002_after_accounts'),
    ]

    operations = [
        yinxian.kernel.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Notice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='journal.entry')),
                        ('kind', models.CharField(max_length=80)),
                        ('group', models.CharField(choices=[('listings', '需求与成果'), ('matching', '撮合'), ('introductions', '引荐'), ('deals', '项目'), ('contracts', '合同'), ('money', '付款与验收'), ('points', '积分'), ('training', '培训'), ('network', '机构与成员')], max_length=16)),
                        ('params', models.JSONField(default=dict)),
                        ('url', models.CharField(blank=True, max_length=300)),
                        ('in_product', models.BooleanField(default=True)),
                        ('by_mail', models.BooleanField(default=False)),
                        ('created_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('read_at', models.DateTimeField(null=True)),
                        ('mailed_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['-created_at', '-pk'],
                        'indexes': [models.Index(fields=['user', 'read_at'], name='notificatio_user_id_8b0663_idx')],
                        'constraints': [models.UniqueConstraint(fields=('user', 'entry'), name='notifications_told_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Preference',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('group', models.CharField(choices=[('listings', '需求与成果'), ('matching', '撮合'), ('introductions', '引荐'), ('deals', '项目'), ('contracts', '合同'), ('money', '付款与验收'), ('points', '积分'), ('training', '培训'), ('network', '机构与成员')], max_length=16)),
                        ('in_product', models.BooleanField(default=True)),
                        ('by_mail', models.BooleanField(default=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('user', 'group'), name='notifications_one_choice')],
                    },
                ),
            ],
        ),
    ]
