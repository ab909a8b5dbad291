import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import yinxian.kernel.clock
import yinxian.kernel.tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('deals', '0001_initial'),
    ]

    operations = [
        yinxian.kernel.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name='RewardRule',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('supplier', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organisation')),
                        ('result', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='market.result')),
                        ('deal', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='deals.deal')),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('reward_bp', models.PositiveIntegerField()),
                        ('staff_bp', models.PositiveIntegerField(default=500)),
                        ('inventors', models.JSONField(default=list)),
                        ('staff', models.JSONField(default=list)),
                        ('staff_since', models.DateField(null=True)),
                        ('staff_until', models.DateField(null=True)),
                        ('direct_costs_fen', models.BigIntegerField(default=0)),
                        ('stored_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('stored_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('deal', None), ('result', None), ('supplier__isnull', False)), models.Q(('deal', None), ('result__isnull', False), ('supplier', None)), models.Q(('deal__isnull', False), ('result', None), ('supplier', None)), _connector='OR'), name='deals_reward_of_one')],
                    },
                ),
                migrations.CreateModel(
                    name='RoyaltyPlan',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('deal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='royalty', to='deals.deal')),
                        ('base', models.CharField(choices=[('price', '产品价格'), ('output', '新增产值'), ('profit', '利润'), ('sales', '产品销售额')], max_length=8, verbose_name='提成基数')),
                        ('tiers', models.JSONField()),
                        ('minimum_fen', models.BigIntegerField(default=0)),
                        ('cap_fen', models.BigIntegerField(null=True)),
                        ('starts_on', models.DateField(verbose_name='从哪天起')),
                        ('ends_on', models.DateField(verbose_name='到哪天止')),
                        ('every_months', models.PositiveSmallIntegerField()),
                        ('report_days', models.PositiveSmallIntegerField()),
                        ('pay_days', models.PositiveSmallIntegerField()),
                        ('agreed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('agreed_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                ),
                migrations.CreateModel(
                    name='RoyaltyReport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='deals.royaltyplan')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('since', models.DateField()),
                        ('until', models.DateField()),
                        ('due_on', models.DateField(db_index=True)),
                        ('base_fen', models.BigIntegerField(null=True)),
                        ('amount_fen', models.BigIntegerField(null=True)),
                        ('note', models.CharField(blank=True, max_length=400)),
                        ('reported_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('reported_at', models.DateTimeField(null=True)),
                        ('chased_on', models.DateField(null=True)),
                        ('milestone', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='royalty_report', to='deals.milestone')),
                    ],
                    options={
                        'ordering': ['plan', 'number'],
                        'constraints': [models.UniqueConstraint(fields=('plan', 'number'), name='deals_royalty_period_once'), models.CheckConstraint(condition=models.Q(models.Q(('amount_fen', None), ('base_fen', None), ('milestone', None)), models.Q(('amount_fen__gte', 0), ('base_fen__gte', 0)), _connector='OR'), name='deals_royalty_reported_whole')],
                    },
                ),
                migrations.CreateModel(
                    name='Equity',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('deal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='equities', to='deals.deal')),
                        ('company', models.CharField(max_length=120, verbose_name='公司名称')),
                        ('share_bp', models.PositiveIntegerField(verbose_name='股权比例')),
                        ('valued_fen', models.BigIntegerField(verbose_name='作价金额')),
                        ('registered_on', models.DateField(verbose_name='登记日期')),
                        ('proof', models.CharField(max_length=200, verbose_name='凭据')),
                        ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('recorded_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['-registered_on', '-pk'],
                        'constraints': [models.UniqueConstraint(fields=('deal', 'company', 'registered_on'), name='deals_equity_once'), models.CheckConstraint(condition=models.Q(('share_bp__gt', 0), ('share_bp__lte', 10000), ('valued_fen__gt', 0)), name='deals_equity_positive')],
                    },
                ),
            ],
        ),
    ]
