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
        ('network', '0002_after_accounts'),
    ]

    operations = [
        yinxian.kernel.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name='CreditChoice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='credit_choice', to=settings.AUTH_USER_MODEL)),
                        ('audience', models.CharField(choices=[('public', '任何人'), ('network', '协作网络内的人'), ('parties', '只有与我有引荐往来的各方')], default='network', max_length=8, verbose_name='谁能看')),
                    ],
                ),
                migrations.CreateModel(
                    name='Scheme',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('association', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='schemes', to='network.organisation')),
                        ('version', models.PositiveIntegerField()),
                        ('rules', models.JSONField()),
                        ('yearly_bp', models.PositiveIntegerField(default=10000, verbose_name='每满一年还剩')),
                        ('year_cap', models.PositiveIntegerField(blank=True, null=True, verbose_name='一人一年最多')),
                        ('note', models.CharField(blank=True, max_length=200, verbose_name='改动说明')),
                        ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('starts_at', models.DateTimeField(blank=True, null=True)),
                        ('started_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['association', '-version'],
                        'constraints': [models.UniqueConstraint(fields=('association', 'version'), name='reputation_version_once'), models.CheckConstraint(condition=models.Q(('yearly_bp__gte', 1), ('yearly_bp__lte', 10000)), name='reputation_decay_in_range')],
                    },
                ),
                migrations.CreateModel(
                    name='Point',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to=settings.AUTH_USER_MODEL)),
                        ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='reputation.scheme')),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.entry')),
                        ('deal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='deals.deal')),
                        ('event', models.CharField(choices=[('contract_registered', '技术合同完成登记'), ('milestone_accepted', '付款节点通过验收并放款'), ('reward_paid', '科研奖励随放款支付'), ('course_taught', '讲授一门课程'), ('referral_landed', '转介的团队落地'), ('evidence_confirmed', '给出的佐证经审核确认')], max_length=24)),
                        ('title', models.CharField(blank=True, max_length=200)),
                        ('path', models.CharField(blank=True, max_length=200)),
                        ('amount', models.IntegerField(verbose_name='积分')),
                        ('held', models.PositiveIntegerField(default=0, verbose_name='没有给的')),
                        ('why', models.CharField(blank=True, choices=[('own_organisation', '本人是其中一方单位的成员'), ('declared', '本人与其中一方有申报过的关系'), ('both_sides', '同一个人在两方都有职务'), ('one_organisation', '两方是同一家单位'), ('own_word', '确认的人就是本人'), ('event_cap', '这一类事今年已到上限'), ('year_cap', '本人今年已到上限')], max_length=20)),
                        ('whole', models.PositiveIntegerField(default=0)),
                        ('units', models.PositiveIntegerField(default=0)),
                        ('corrects', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='reputation.point')),
                        ('given', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.entry')),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-at', '-pk'],
                        'indexes': [models.Index(fields=['user', '-at'], name='reputation__user_id_5d1db0_idx'), models.Index(fields=['scheme', '-at'], name='reputation__scheme__73fc7f_idx')],
                        'constraints': [models.UniqueConstraint(fields=('user', 'entry', 'event'), name='reputation_once_a_fact')],
                    },
                ),
                migrations.CreateModel(
                    name='Appeal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('association', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organisation')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='point_appeals', to=settings.AUTH_USER_MODEL)),
                        ('point', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='appeal', to='reputation.point')),
                        ('measure', models.CharField(blank=True, choices=[('closed', '引荐后签约'), ('answer', '答复用了多久'), ('disputes', '争议了结为退款'), ('evidence', '佐证被别人撤回')], max_length=10)),
                        ('entry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.entry')),
                        ('state', models.CharField(choices=[('asked', '等协会决定'), ('upheld', '成立'), ('refused', '不成立')], default='asked', max_length=8)),
                        ('reason', models.TextField(verbose_name='理由')),
                        ('asked_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('change', models.IntegerField(blank=True, null=True)),
                        ('decision', models.TextField(blank=True, verbose_name='决定的理由')),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['-asked_at', '-pk'],
                        'indexes': [models.Index(fields=['association', 'state'], name='reputation__associa_f2dc70_idx')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('point', None)), fields=('user', 'measure', 'entry'), name='reputation_contested_once'), models.CheckConstraint(condition=models.Q(models.Q(('entry', None), ('measure', ''), ('point__isnull', False)), models.Q(('entry__isnull', False), ('point', None), models.Q(('measure', ''), _negated=True)), _connector='OR'), name='reputation_appeal_of_one')],
                    },
                ),
                migrations.CreateModel(
                    name='Relation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='declared_relations', to=settings.AUTH_USER_MODEL)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organisation')),
                        ('kind', models.CharField(choices=[('holding', '持有股份或出资'), ('family', '近亲属在那里任职或持股'), ('paid', '领取报酬或顾问费'), ('former', '两年内在那里任职'), ('other', '其他')], max_length=8, verbose_name='什么关系')),
                        ('note', models.CharField(blank=True, max_length=200, verbose_name='说明')),
                        ('declared_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['-declared_at', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('user', 'organisation'), name='reputation_declared_once')],
                    },
                ),
            ],
        ),
    ]
