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
                    name='OwnTemplate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('association', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contract_templates', to='network.organisation')),
                        ('kind', models.CharField(max_length=12, verbose_name='合同类别')),
                        ('sub_kind', models.CharField(max_length=14, verbose_name='子类')),
                        ('base', models.CharField(max_length=20, verbose_name='从哪一版复制')),
                        ('content', models.JSONField()),
                        ('revision', models.PositiveIntegerField(default=1)),
                        ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('changed_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['kind', 'sub_kind', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('association', 'kind', 'sub_kind'), name='contracts_one_copy_a_template')],
                    },
                ),
                migrations.CreateModel(
                    name='OwnTemplateVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('template', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='contracts.owntemplate')),
                        ('number', models.PositiveIntegerField()),
                        ('content', models.JSONField()),
                        ('note', models.CharField(max_length=300, verbose_name='改了什么')),
                        ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('published_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['-number'],
                        'constraints': [models.UniqueConstraint(fields=('template', 'number'), name='contracts_one_row_a_version')],
                    },
                ),
                migrations.CreateModel(
                    name='Contract',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('number', models.CharField(max_length=20, unique=True, verbose_name='合同编号')),
                        ('kind', models.CharField(choices=[('development', '技术开发合同'), ('assignment', '技术转让合同'), ('licence', '技术许可合同'), ('consulting', '技术咨询合同'), ('service', '技术服务合同'), ('brokerage', '技术中介合同'), ('nda', '保密协议'), ('intent', '合作意向书'), ('team', '分成协议')], max_length=12, verbose_name='合同类别')),
                        ('sub_kind', models.CharField(choices=[('commissioned', '委托开发'), ('cooperative', '合作开发'), ('patent_right', '专利权转让'), ('application', '专利申请权转让'), ('know_how', '技术秘密转让'), ('software', '软件著作权转让'), ('patent', '专利实施许可'), ('secret', '技术秘密使用许可'), ('other_ip', '其他知识产权许可'), ('try_first', '先用后转'), ('consulting', '技术咨询'), ('service', '一般技术服务'), ('training', '技术培训'), ('brokerage', '技术中介'), ('nda', '保密'), ('intent', '意向'), ('team', '技术经理人分成')], max_length=14, verbose_name='子类')),
                        ('template_version', models.CharField(max_length=20, verbose_name='模板版本')),
                        ('own_template', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contracts', to='contracts.owntemplateversion')),
                        ('language', models.CharField(choices=[('zh', '中文'), ('en', '英文'), ('both', '中英对照（以中文为准）')], default='zh', max_length=4, verbose_name='合同文字')),
                        ('title', models.CharField(max_length=200, verbose_name='合同名称')),
                        ('reference', models.CharField(blank=True, max_length=40, verbose_name='关联编号')),
                        ('buyer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contracts_as_buyer', to='network.organisation')),
                        ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contracts_as_supplier', to='network.organisation')),
                        ('broker', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contracts_as_broker', to='network.organisation')),
                        ('broker_user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('client', models.CharField(blank=True, choices=[('buyer', '需方'), ('supplier', '供方')], max_length=10, verbose_name='委托方')),
                        ('handler', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contracts_handled', to=settings.AUTH_USER_MODEL)),
                        ('data', models.JSONField(default=dict)),
                        ('amount_fen', models.BigIntegerField(blank=True, null=True, verbose_name='合同金额')),
                        ('state', models.CharField(choices=[('draft', '起草中'), ('offered', '待双方确认'), ('agreed', '双方已确认'), ('cancelled', '已作废')], db_index=True, default='draft', max_length=10, verbose_name='状态')),
                        ('revision', models.PositiveIntegerField(default=1)),
                        ('offered_at', models.DateTimeField(blank=True, null=True)),
                        ('agreed_on', models.DateField(blank=True, null=True, verbose_name='签订日期')),
                        ('on_paper', models.BooleanField(default=False, verbose_name='纸质盖章')),
                        ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('changed_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['-changed_at', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('amount_fen', None), ('amount_fen__gte', 0), _connector='OR'), name='contracts_amount_not_below_0')],
                    },
                ),
                migrations.CreateModel(
                    name='Scan',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scans', to='contracts.contract')),
                        ('file', models.FileField(upload_to='contracts/%Y/%m', verbose_name='扫描件')),
                        ('name', models.CharField(max_length=200, verbose_name='文件名')),
                        ('size', models.PositiveBigIntegerField()),
                        ('pages', models.PositiveIntegerField(verbose_name='页数')),
                        ('sha256', models.CharField(max_length=64)),
                        ('revision', models.PositiveIntegerField()),
                        ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('uploaded_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['-uploaded_at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Approval',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='contracts.contract')),
                        ('side', models.CharField(max_length=10)),
                        ('revision', models.PositiveIntegerField()),
                        ('scan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='contracts.scan')),
                        ('digest', models.CharField(max_length=64)),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('cancelled_at', None)), fields=('contract', 'side', 'digest'), name='contracts_one_yes_a_side')],
                    },
                ),
                migrations.CreateModel(
                    name='ContractNumber',
                    fields=[
                        ('year', models.PositiveIntegerField(primary_key=True, serialize=False)),
                        ('last', models.PositiveIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name='CheckedDraft',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('name', models.CharField(max_length=200, verbose_name='名称')),
                        ('words', models.TextField()),
                        ('source', models.CharField(choices=[('pasted', '粘贴的文字'), ('docx', 'Word'), ('pdf', 'PDF'), ('txt', '文本文件'), ('contract', '本平台的合同')], max_length=10, verbose_name='来源')),
                        ('kind', models.CharField(blank=True, max_length=12, verbose_name='合同类别')),
                        ('result', models.JSONField(default=dict)),
                        ('count', models.PositiveIntegerField(default=0)),
                        ('sha256', models.CharField(max_length=64)),
                        ('contract', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='checked', to='contracts.contract')),
                        ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checked_drafts', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['-created_at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Registration',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('contract', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='registration', to='contracts.contract')),
                        ('state', models.CharField(choices=[('prepared', '准备中'), ('submitted', '已提交'), ('registered', '已登记'), ('refused', '不予登记'), ('changed', '已变更'), ('cancelled', '已注销')], db_index=True, default='prepared', max_length=10, verbose_name='状态')),
                        ('data', models.JSONField(default=dict)),
                        ('number', models.CharField(blank=True, max_length=40, verbose_name='登记编号')),
                        ('registry', models.CharField(blank=True, max_length=120, verbose_name='登记机构')),
                        ('submitted_on', models.DateField(blank=True, null=True, verbose_name='提交日期')),
                        ('decided_on', models.DateField(blank=True, db_index=True, null=True, verbose_name='登记日期')),
                        ('reason', models.CharField(blank=True, max_length=500, verbose_name='原因')),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('changed_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['-changed_at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Revision',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='contracts.contract')),
                        ('number', models.PositiveIntegerField()),
                        ('title', models.CharField(max_length=200)),
                        ('sub_kind', models.CharField(max_length=14)),
                        ('amount_fen', models.BigIntegerField(blank=True, null=True)),
                        ('data', models.JSONField(default=dict)),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['number'],
                        'constraints': [models.UniqueConstraint(fields=('contract', 'number'), name='contracts_one_row_a_revision')],
                    },
                ),
                migrations.CreateModel(
                    name='SignedCopy',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signed_copies', to='contracts.contract')),
                        ('revision', models.PositiveIntegerField()),
                        ('file', models.FileField(upload_to='contracts/%Y/%m', verbose_name='已签文件')),
                        ('sha256', models.CharField(max_length=64)),
                        ('digest', models.CharField(max_length=64)),
                        ('created_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Signature',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='contracts.contract')),
                        ('copy', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='signature', to='contracts.signedcopy')),
                        ('side', models.CharField(max_length=10)),
                        ('revision', models.PositiveIntegerField()),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('method', models.CharField(choices=[('certificate', '证书文件'), ('service', '签名服务')], max_length=12, verbose_name='方式')),
                        ('signer', models.CharField(max_length=200, verbose_name='证书持有人')),
                        ('issuer', models.CharField(max_length=200, verbose_name='证书签发者')),
                        ('serial', models.CharField(max_length=80, verbose_name='证书序列号')),
                        ('timestamped', models.BooleanField(default=False, verbose_name='带时间戳')),
                        ('at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('contract', 'side', 'revision'), name='contracts_one_signature_a_side_and_revision')],
                    },
                ),
                migrations.CreateModel(
                    name='TeamPart',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='contracts.contract')),
                        ('place', models.PositiveSmallIntegerField()),
                        ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='team_parts', to=settings.AUTH_USER_MODEL)),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='team_parts', to='network.organisation')),
                        ('bp', models.PositiveIntegerField()),
                        ('work', models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        'ordering': ['place'],
                        'constraints': [models.UniqueConstraint(fields=('contract', 'place'), name='contracts_one_part_a_place'), models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', False), ('user', None)), models.Q(('organisation', None), ('user__isnull', False)), _connector='OR'), name='contracts_part_is_a_person_or_an_organisation')],
                    },
                ),
            ],
        ),
    ]
