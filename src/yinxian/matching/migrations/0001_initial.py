import django.db.models.deletion
import yinxian.kernel.clock
import yinxian.kernel.tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('market', '0001_initial'),
        ('network', '0002_after_accounts'),
    ]

    operations = [
        yinxian.kernel.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name='BestFit',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('need', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='best_fit', to='market.need')),
                        ('result', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='market.result')),
                        ('score', models.PositiveSmallIntegerField(default=0, verbose_name='契合')),
                        ('looked_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('score__lte', 100)), name='matching_best_fit_in_range')],
                    },
                ),
                migrations.CreateModel(
                    name='Candidate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('need', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidates', to='market.need')),
                        ('result', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidates', to='market.result')),
                        ('brief_number', models.PositiveIntegerField(default=0, verbose_name='需求书版本')),
                        ('state', models.CharField(choices=[('new', '未定'), ('shortlisted', '已入围'), ('refused', '不合适')], default='new', max_length=12, verbose_name='状态')),
                        ('score', models.PositiveSmallIntegerField(default=0, verbose_name='契合')),
                        ('reasons', models.JSONField(blank=True, default=list, verbose_name='理由')),
                        ('refusal', models.CharField(blank=True, choices=[('too_early', '技术阶段太早'), ('figures', '指标不够'), ('price', '价格不合适'), ('benefit', '效益不清'), ('route_to_market', '商业路径不清'), ('vague', '描述太模糊'), ('wrong_field', '领域或路线不对'), ('conflict', '已接触过或有冲突')], max_length=16, verbose_name='不合适的原因')),
                        ('note', models.CharField(blank=True, max_length=300, verbose_name='补充说明')),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('decided_at', models.DateTimeField(null=True)),
                        ('created_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['-score', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('need', 'result'), name='matching_candidate_once'), models.CheckConstraint(condition=models.Q(('score__lte', 100)), name='matching_candidate_score_to_100'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), models.Q(('refusal', ''), _negated=True)), models.Q(models.Q(('state', 'refused'), _negated=True), ('refusal', '')), _connector='OR'), name='matching_candidate_refused_with_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='OwnConcept',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('association', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='own_concepts', to='network.organisation')),
                        ('code', models.SlugField(max_length=60, unique=True, verbose_name='编号')),
                        ('zh', models.JSONField(default=list, verbose_name='中文说法')),
                        ('en', models.JSONField(default=list, verbose_name='英文说法')),
                        ('signs', models.JSONField(default=list, verbose_name='缩写、分子式和牌号')),
                        ('broader', models.JSONField(default=list, verbose_name='上位概念')),
                        ('field', models.CharField(blank=True, choices=[('01', '电子信息'), ('02', '航空航天'), ('03', '先进制造'), ('04', '生物医药和医疗器械'), ('05', '新材料'), ('06', '新能源与高效节能'), ('07', '环境保护与资源综合利用'), ('08', '核应用'), ('09', '农业'), ('10', '现代交通'), ('11', '城市建设与社会发展')], max_length=2, verbose_name='技术领域')),
                        ('note', models.CharField(blank=True, max_length=200, verbose_name='说明')),
                        ('state', models.CharField(choices=[('in_use', '在用'), ('withdrawn', '已撤下')], default='in_use', max_length=9, verbose_name='状态')),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('changed_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['code'],
                    },
                ),
                migrations.CreateModel(
                    name='Feedback',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='feedback', to='matching.candidate')),
                        ('verb', models.CharField(choices=[('shortlisted', '入围'), ('refused', '不合适'), ('undone', '撤回')], max_length=12)),
                        ('refusal', models.CharField(blank=True, choices=[('too_early', '技术阶段太早'), ('figures', '指标不够'), ('price', '价格不合适'), ('benefit', '效益不清'), ('route_to_market', '商业路径不清'), ('vague', '描述太模糊'), ('wrong_field', '领域或路线不对'), ('conflict', '已接触过或有冲突')], max_length=16)),
                        ('note', models.CharField(blank=True, max_length=300)),
                        ('score', models.PositiveSmallIntegerField(default=0)),
                        ('signals', models.JSONField(default=dict)),
                        ('brief_number', models.PositiveIntegerField(default=0)),
                        ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['pk'],
                    },
                ),
                migrations.CreateModel(
                    name='SavedSearch',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='saved_searches', to=settings.AUTH_USER_MODEL)),
                        ('kind', models.CharField(choices=[('result', '成果'), ('need', '需求')], default='result', max_length=6, verbose_name='找什么')),
                        ('name', models.CharField(max_length=80, verbose_name='名称')),
                        ('words', models.TextField(blank=True, verbose_name='要找的事')),
                        ('need', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='saved_searches', to='market.need')),
                        ('filters', models.JSONField(blank=True, default=dict, verbose_name='条件')),
                        ('created_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('looked_at', models.DateTimeField(null=True)),
                        ('stopped_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['stopped_at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Find',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('search', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='finds', to='matching.savedsearch')),
                        ('result', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='market.result')),
                        ('need', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='market.need')),
                        ('score', models.PositiveSmallIntegerField(default=0, verbose_name='契合')),
                        ('known', models.BooleanField(default=False)),
                        ('found_at', models.DateTimeField(db_index=True, default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['-found_at', '-score', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('search', 'result'), name='matching_find_result_once'), models.UniqueConstraint(fields=('search', 'need'), name='matching_find_need_once'), models.CheckConstraint(condition=models.Q(models.Q(('need__isnull', False), ('result', None)), models.Q(('need', None), ('result__isnull', False)), _connector='OR'), name='matching_find_is_one_thing')],
                    },
                ),
                migrations.CreateModel(
                    name='RankingWeights',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField(unique=True, verbose_name='版本')),
                        ('multiples', models.JSONField(default=dict, verbose_name='倍数')),
                        ('state', models.CharField(choices=[('in_use', '在用'), ('turned_back', '试过，没有用'), ('retired', '用过')], max_length=12, verbose_name='状态')),
                        ('decisions', models.PositiveIntegerField(default=0, verbose_name='决定')),
                        ('pairs', models.PositiveIntegerField(default=0, verbose_name='比过的对')),
                        ('held_out', models.PositiveIntegerField(default=0, verbose_name='留作检验的对')),
                        ('before_bp', models.PositiveIntegerField(default=0, verbose_name='原来排对')),
                        ('after_bp', models.PositiveIntegerField(default=0, verbose_name='新的排对')),
                        ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['-number'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'in_use')), fields=('state',), name='matching_one_version_in_use')],
                    },
                ),
            ],
        ),
    ]
