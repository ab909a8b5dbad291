import django.db.models.deletion
import yinxian.kernel.clock
import yinxian.kernel.tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('deals', '0001_initial'),
        ('journal', '0001_initial'),
        ('market', '0001_initial'),
        ('network', '0002_after_accounts'),
    ]

    operations = [
        yinxian.kernel.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Landing',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='landings', to='network.organisation')),
                        ('home', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organisation')),
                        ('manager', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('title', models.CharField(max_length=120, verbose_name='项目名称')),
                        ('about', models.TextField(verbose_name='项目说明')),
                        ('field', models.CharField(choices=[('01', '电子信息'), ('02', '航空航天'), ('03', '先进制造'), ('04', '生物医药和医疗器械'), ('05', '新材料'), ('06', '新能源与高效节能'), ('07', '环境保护与资源综合利用'), ('08', '核应用'), ('09', '农业'), ('10', '现代交通'), ('11', '城市建设与社会发展')], max_length=2, verbose_name='技术领域')),
                        ('regions', models.JSONField(blank=True, default=list, verbose_name='想去的地区')),
                        ('figures', models.JSONField(default=dict)),
                        ('permits', models.JSONField(blank=True, default=list, verbose_name='离不开的条件')),
                        ('extra', models.JSONField(blank=True, default=list)),
                        ('rent_fen', models.BigIntegerField(blank=True, null=True, verbose_name='租金上限')),
                        ('support_fen', models.BigIntegerField(blank=True, null=True, verbose_name='资金支持')),
                        ('needed_by', models.DateField(blank=True, null=True, verbose_name='最晚入驻')),
                        ('open_until', models.DateField(db_index=True, verbose_name='应约截止')),
                        ('contact_name', models.CharField(max_length=60, verbose_name='联系人')),
                        ('contact_phone', models.CharField(max_length=40, verbose_name='联系电话')),
                        ('state', models.CharField(choices=[('wanted', '找地方'), ('offered', '有地方应约'), ('chosen', '已选定'), ('landed', '已落地，待两地确认'), ('confirmed', '两地已确认'), ('withdrawn', '已撤回'), ('lapsed', '已过期')], db_index=True, default='wanted', max_length=12, verbose_name='状态')),
                        ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('chosen_at', models.DateTimeField(null=True)),
                        ('landed_at', models.DateTimeField(null=True)),
                        ('closed_at', models.DateTimeField(null=True)),
                        ('closed_note', models.CharField(blank=True, max_length=300, verbose_name='说明')),
                    ],
                    options={
                        'ordering': ['-created_at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Evidence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('landing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='landing.landing')),
                        ('kind', models.CharField(choices=[('licence', '营业执照'), ('lease', '租赁合同')], max_length=8, verbose_name='凭证')),
                        ('number', models.CharField(max_length=60, verbose_name='证号或合同号')),
                        ('dated_on', models.DateField(verbose_name='签发或签订日期')),
                        ('area', models.CharField(blank=True, max_length=32, verbose_name='实际面积')),
                        ('file', models.FileField(upload_to='landing/%Y/%m', verbose_name='文件')),
                        ('name', models.CharField(max_length=200, verbose_name='文件名')),
                        ('size', models.PositiveBigIntegerField(verbose_name='大小')),
                        ('sha256', models.CharField(max_length=64)),
                        ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('added_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('questioned_at', models.DateTimeField(null=True)),
                        ('questioned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('question', models.CharField(blank=True, max_length=300, verbose_name='哪里不对')),
                    ],
                    options={
                        'ordering': ['landing', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Confirmation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='landing.evidence')),
                        ('side', models.CharField(choices=[('home', '来源地'), ('receiving', '落地地')], max_length=10)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organisation')),
                        ('at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['evidence', 'at'],
                        'constraints': [models.UniqueConstraint(fields=('evidence', 'side'), name='landing_one_word_a_side')],
                    },
                ),
                migrations.CreateModel(
                    name='Offer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('landing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='landing.landing')),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='landing_offers', to='network.organisation')),
                        ('manager', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('region', models.CharField(max_length=6, verbose_name='地区')),
                        ('place', models.CharField(max_length=120, verbose_name='园区或地点')),
                        ('figures', models.JSONField(default=dict)),
                        ('permits', models.JSONField(default=dict)),
                        ('extra', models.JSONField(blank=True, default=list)),
                        ('rent_fen', models.BigIntegerField(blank=True, null=True, verbose_name='租金')),
                        ('support_fen', models.BigIntegerField(blank=True, null=True, verbose_name='资金支持')),
                        ('equipment', models.TextField(blank=True, verbose_name='可用设备')),
                        ('policies', models.JSONField(blank=True, default=list, verbose_name='政策')),
                        ('note', models.TextField(blank=True, verbose_name='其他说明')),
                        ('available_from', models.DateField(blank=True, null=True, verbose_name='可入驻')),
                        ('valid_until', models.DateField(db_index=True, verbose_name='有效至')),
                        ('state', models.CharField(choices=[('open', '待选'), ('chosen', '选定'), ('passed', '未选'), ('withdrawn', '已撤回'), ('lapsed', '已过期')], db_index=True, default='open', max_length=12, verbose_name='状态')),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('closed_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['landing', 'made_at', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('landing', 'organisation'), name='landing_one_open_offer'), models.UniqueConstraint(condition=models.Q(('state', 'chosen')), fields=('landing',), name='landing_one_chosen_offer')],
                    },
                ),
                migrations.CreateModel(
                    name='Agreement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('offer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='agreement', to='landing.offer')),
                        ('fee_fen', models.BigIntegerField(default=0, verbose_name='引荐费')),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('proposed_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('agreed_at', models.DateTimeField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='LandingShare',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='landing.agreement')),
                        ('position', models.PositiveSmallIntegerField()),
                        ('side', models.CharField(choices=[('home', '来源地'), ('receiving', '落地地')], max_length=10, verbose_name='哪一方')),
                        ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='landing_shares', to=settings.AUTH_USER_MODEL)),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='landing_shares', to='network.organisation')),
                        ('work', models.CharField(blank=True, max_length=120, verbose_name='承担的工作')),
                        ('bp', models.PositiveIntegerField(verbose_name='比例')),
                        ('accepted_at', models.DateTimeField(null=True)),
                        ('declined_at', models.DateTimeField(null=True)),
                        ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('reason', models.CharField(blank=True, max_length=300, verbose_name='理由')),
                    ],
                    options={
                        'ordering': ['agreement', 'position'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', False), ('user', None)), models.Q(('organisation', None), ('user__isnull', False)), _connector='OR'), name='landing_share_of_one'), models.CheckConstraint(condition=models.Q(('bp__gt', 0), ('bp__lte', 10000)), name='landing_share_in_range'), models.UniqueConstraint(fields=('agreement', 'user'), name='landing_share_once_a_person'), models.UniqueConstraint(fields=('agreement', 'organisation'), name='landing_share_once_an_organisation')],
                    },
                ),
                migrations.CreateModel(
                    name='Receipt',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('landing', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='receipt', to='landing.landing')),
                        ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.entry')),
                        ('document', models.JSONField()),
                        ('at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='Invitation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('need', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='team_invitations', to='market.need')),
                        ('deal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='team_invitations', to='deals.deal')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='team_invitations', to=settings.AUTH_USER_MODEL)),
                        ('profession', models.CharField(choices=[('manager', '技术经理人'), ('lawyer', '律师'), ('accountant', '会计师'), ('appraiser', '评估师'), ('patent', '专利代理师'), ('investor', '投资人'), ('bank', '银行'), ('pilot', '中试服务'), ('other', '其他')], max_length=12, verbose_name='专业')),
                        ('lead', models.BooleanField(default=False, verbose_name='牵头')),
                        ('because', models.JSONField(default=list)),
                        ('state', models.CharField(choices=[('asked', '待答复'), ('accepted', '已加入'), ('declined', '谢绝'), ('withdrawn', '已撤回')], db_index=True, default='asked', max_length=10, verbose_name='状态')),
                        ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('asked_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('reason', models.CharField(blank=True, max_length=300, verbose_name='理由')),
                    ],
                    options={
                        'ordering': ['-asked_at', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('asked', 'accepted'))), fields=('need', 'user'), name='landing_asked_once')],
                    },
                ),
            ],
        ),
    ]
