import django.core.validators
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
                    name='Level',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('association', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='levels', to='network.organisation')),
                        ('name', models.CharField(max_length=60, verbose_name='级别名称')),
                        ('name_en', models.CharField(blank=True, max_length=80, verbose_name='英文名称')),
                        ('rank', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='第几级')),
                        ('retired_at', models.DateTimeField(blank=True, null=True)),
                        ('created_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['association', 'rank', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('association', 'name'), name='credentials_level_name_once')],
                    },
                ),
                migrations.CreateModel(
                    name='LevelVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('level', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='credentials.level')),
                        ('number', models.PositiveIntegerField()),
                        ('requirements', models.JSONField(default=list)),
                        ('renewal', models.JSONField(default=list)),
                        ('valid_months', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='有效期（月）')),
                        ('note', models.CharField(blank=True, max_length=200, verbose_name='改动说明')),
                        ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['level', '-number'],
                        'constraints': [models.UniqueConstraint(fields=('level', 'number'), name='credentials_version_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Issuer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('association', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='issuer', to='network.organisation')),
                        ('did', models.CharField(max_length=200, unique=True)),
                        ('created_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                ),
                migrations.CreateModel(
                    name='IssuerKey',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('issuer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='keys', to='credentials.issuer')),
                        ('fragment', models.CharField(max_length=20)),
                        ('public', models.CharField(max_length=60, unique=True)),
                        ('secret', models.TextField()),
                        ('created_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('retired_at', models.DateTimeField(blank=True, null=True)),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                        ('reason', models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        'ordering': ['issuer', 'created_at', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('issuer', 'fragment'), name='credentials_fragment_once'), models.UniqueConstraint(condition=models.Q(('retired_at', None), ('revoked_at', None)), fields=('issuer',), name='credentials_one_signing_key')],
                    },
                ),
                migrations.CreateModel(
                    name='StatusList',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('issuer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='status_lists', to='credentials.issuer')),
                        ('number', models.PositiveIntegerField(unique=True)),
                        ('multiplier', models.PositiveIntegerField()),
                        ('offset', models.PositiveIntegerField()),
                        ('taken', models.PositiveIntegerField(default=0)),
                        ('revocation', models.JSONField(default=dict)),
                        ('suspension', models.JSONField(default=dict)),
                        ('created_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('changed_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['number'],
                    },
                ),
                migrations.CreateModel(
                    name='Credential',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('issuer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credentials', to='credentials.issuer')),
                        ('level', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credentials', to='credentials.level')),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='credentials.levelversion')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credentials', to=settings.AUTH_USER_MODEL)),
                        ('ground', models.CharField(blank=True, max_length=300, verbose_name='依据')),
                        ('renews', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='renewed_by', to='credentials.credential')),
                        ('state', models.CharField(choices=[('active', '有效'), ('suspended', '已暂停'), ('revoked', '已撤销')], default='active', max_length=10)),
                        ('state_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('state_reason', models.CharField(blank=True, max_length=300, verbose_name='理由')),
                        ('valid_from', models.DateTimeField()),
                        ('valid_until', models.DateTimeField(blank=True, null=True)),
                        ('status_list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credentials', to='credentials.statuslist')),
                        ('status_index', models.PositiveIntegerField()),
                        ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='credentials.issuerkey')),
                        ('document', models.JSONField()),
                        ('issued_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('shows_page', models.BooleanField(default=True, verbose_name='有人拿到链接时，让他看到这张证书')),
                        ('shows_name', models.BooleanField(default=True, verbose_name='写出我的姓名')),
                        ('shows_grounds', models.BooleanField(default=False, verbose_name='写出凭什么授予：课时、考试、合同的数量')),
                        ('shows_in_directory', models.BooleanField(default=False, verbose_name='在协会的持证名录里列出我')),
                    ],
                    options={
                        'ordering': ['-issued_at', '-pk'],
                        'indexes': [models.Index(fields=['level', 'state', 'valid_until'], name='credentials_level_i_1ebedb_idx'), models.Index(fields=['issuer', 'shows_in_directory', 'shows_page', 'shows_name', '-issued_at'], name='credentials_issuer__c7ca93_idx'), models.Index(fields=['issuer', '-issued_at'], name='credentials_issuer__9d4bab_idx'), models.Index(fields=['status_list', 'state'], name='credentials_status__ab31bb_idx')],
                        'constraints': [models.UniqueConstraint(fields=('status_list', 'status_index'), name='credentials_place_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Application',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='level_applications', to=settings.AUTH_USER_MODEL)),
                        ('level', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='credentials.level')),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='credentials.levelversion')),
                        ('renews', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='renewals', to='credentials.credential')),
                        ('state', models.CharField(choices=[('submitted', '待评定'), ('awarded', '已授予'), ('refused', '未授予'), ('withdrawn', '已撤回')], default='submitted', max_length=10)),
                        ('statement', models.TextField(blank=True, verbose_name='想补充的话')),
                        ('answers', models.JSONField(default=list)),
                        ('submitted_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('decided_at', models.DateTimeField(null=True)),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('reason', models.TextField(blank=True, verbose_name='理由')),
                    ],
                    options={
                        'ordering': ['-submitted_at', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'submitted')), fields=('user', 'level'), name='credentials_one_open_application')],
                    },
                ),
                migrations.CreateModel(
                    name='Proof',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proofs', to=settings.AUTH_USER_MODEL)),
                        ('kind', models.CharField(choices=[('hours', '课时'), ('exam', '考试'), ('contract', '登记的合同'), ('internship', '跟岗实习'), ('points', '学习与实践积分')], max_length=12)),
                        ('name', models.CharField(blank=True, max_length=40)),
                        ('amount', models.PositiveBigIntegerField(default=0)),
                        ('title', models.CharField(max_length=160)),
                        ('path', models.CharField(blank=True, max_length=200)),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.entry')),
                        ('at', models.DateTimeField()),
                        ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.entry')),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'indexes': [models.Index(fields=['user', 'kind'], name='credentials_user_id_b9078d_idx')],
                        'constraints': [models.UniqueConstraint(fields=('user', 'kind', 'name', 'entry'), name='credentials_fact_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Recognition',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('association', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recognitions', to='network.organisation')),
                        ('issuer_did', models.CharField(db_index=True, max_length=200, verbose_name='对方的 DID')),
                        ('issuer_name', models.CharField(max_length=120, verbose_name='对方协会')),
                        ('their_level', models.CharField(max_length=300, verbose_name='对方级别的地址')),
                        ('their_level_name', models.CharField(max_length=120, verbose_name='对方级别')),
                        ('equals', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recognised', to='credentials.level', verbose_name='相当于我们的')),
                        ('conditions', models.TextField(blank=True, verbose_name='条件')),
                        ('valid_from', models.DateField(verbose_name='自')),
                        ('valid_until', models.DateField(verbose_name='至')),
                        ('version', models.PositiveIntegerField()),
                        ('document', models.JSONField()),
                        ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('reason', models.CharField(blank=True, max_length=300, verbose_name='理由')),
                    ],
                    options={
                        'ordering': ['association', 'issuer_name', 'their_level_name', '-version'],
                        'constraints': [models.UniqueConstraint(fields=('association', 'issuer_did', 'their_level', 'version'), name='credentials_recognition_once'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('association', 'issuer_did', 'their_level'), name='credentials_one_recognition')],
                    },
                ),
                migrations.CreateModel(
                    name='Presentation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='presentations', to=settings.AUTH_USER_MODEL)),
                        ('recognition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='presentations', to='credentials.recognition')),
                        ('state', models.CharField(choices=[('presented', '待确认'), ('accepted', '已认可'), ('refused', '未认可')], default='presented', max_length=10)),
                        ('credential_id', models.CharField(max_length=300)),
                        ('holder_name', models.CharField(max_length=120)),
                        ('document', models.JSONField()),
                        ('answers', models.JSONField()),
                        ('valid_until', models.DateTimeField(null=True)),
                        ('presented_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('decided_at', models.DateTimeField(null=True)),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('reason', models.CharField(blank=True, max_length=300, verbose_name='理由')),
                    ],
                    options={
                        'ordering': ['-presented_at', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'refused'), _negated=True), fields=('user', 'credential_id'), name='credentials_presented_once')],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name='credential',
            name='application',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='credential', to='credentials.application'),
        ),
    ]
