import django.db.models.deletion
import yinxian.kernel.clock
import yinxian.kernel.tables
from django.conf import settings
from django.db import migrations, models


def leave_room(apps, schema_editor):
    """An account's row changes with every entry: room on its page keeps the change off the indexes.

    Of a batch that touches two accounts of three on a page, 40 % of room took only half of the changes.
    """
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE settlement_account SET (fillfactor = 35)")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('network', '0002_after_accounts'),
    ]

    operations = [
        yinxian.kernel.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Account',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('code', models.CharField(max_length=80, unique=True)),
                        ('name', models.CharField(max_length=160, verbose_name='名称')),
                        ('owner_organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organisation')),
                        ('owner_user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('currency', models.CharField(default='CNY', max_length=3, verbose_name='币种')),
                        ('min_balance', models.BigIntegerField(blank=True, default=0, null=True)),
                        ('posted', models.BigIntegerField(default=0, editable=False)),
                        ('came', models.BigIntegerField(default=0, editable=False)),
                        ('entries_count', models.BigIntegerField(default=0, editable=False)),
                        ('last_at', models.DateTimeField(editable=False, null=True)),
                        ('opened_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['code'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('min_balance', None), ('posted__gte', models.F('min_balance')), _connector='OR'), name='settlement_not_below_minimum'), models.CheckConstraint(condition=models.Q(('owner_organisation', None), ('owner_user', None), _connector='OR'), name='settlement_one_owner')],
                    },
                ),
                migrations.CreateModel(
                    name='Freeze',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='freezes', to='settlement.account')),
                        ('key', models.CharField(max_length=120, unique=True)),
                        ('amount_fen', models.BigIntegerField()),
                        ('reason', models.CharField(blank=True, max_length=2000)),
                        ('frozen_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('frozen_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('lifted_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='settlement_freeze_positive')],
                    },
                ),
                migrations.CreateModel(
                    name='SplitRule',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reference', models.CharField(max_length=40)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('content', models.JSONField()),
                        ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('reference', 'version'), name='settlement_rule_version')],
                    },
                ),
                migrations.CreateModel(
                    name='Zero',
                    fields=[
                        ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                    ],
                ),
                migrations.CreateModel(
                    name='Transaction',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(db_index=False, editable=False, max_length=16)),
                        ('key', models.CharField(max_length=120)),
                        ('request_hash', models.CharField(max_length=64)),
                        ('kind', models.CharField(choices=[('escrow.receive', '托管到账'), ('escrow.release', '放款分账'), ('escrow.refund', '退款'), ('party.payout', '已付到银行账户'), ('reversal', '冲正'), ('adjustment', '调整'), ('exchange', '换汇'), ('claim', '主张报酬'), ('claim.paid', '主张的报酬到账'), ('claim.dropped', '放弃主张')], max_length=20)),
                        ('currency', models.CharField(default='CNY', max_length=3)),
                        ('memo', models.CharField(blank=True, max_length=400)),
                        ('reverses', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='settlement.transaction')),
                        ('total', models.ForeignKey(db_column='total', db_index=False, default=0, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='settlement.zero')),
                        ('actor', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('booked_on', models.DateField(default=yinxian.kernel.clock.today)),
                        ('legs', models.PositiveSmallIntegerField()),
                        ('rule', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='settlement.splitrule')),
                        ('due_fen', models.BigIntegerField(default=0)),
                        ('costs_fen', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('key',), name='settlement_key_once'), models.UniqueConstraint(fields=('slug',), name='settlement_transaction_slug'), models.CheckConstraint(condition=models.Q(('legs__gte', 2), ('legs__lte', 500)), name='settlement_two_legs_or_more')],
                    },
                ),
                migrations.CreateModel(
                    name='Entry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('transaction', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='settlement.transaction')),
                        ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='settlement.account')),
                        ('line', models.PositiveSmallIntegerField()),
                        ('number', models.BigIntegerField()),
                        ('amount', models.BigIntegerField()),
                        ('balance', models.BigIntegerField()),
                        ('came', models.BigIntegerField()),
                        ('at', models.DateTimeField()),
                        ('currency', models.CharField(default='CNY', max_length=3)),
                        ('role', models.CharField(blank=True, max_length=20)),
                        ('share_bp', models.IntegerField(null=True)),
                    ],
                    options={
                        'verbose_name_plural': 'entries',
                        'indexes': [models.Index(fields=['account', 'at', 'number'], name='settlement_entry_by_time')],
                        'constraints': [models.UniqueConstraint(fields=('transaction', 'line'), name='settlement_entry_line'), models.UniqueConstraint(fields=('account', 'number'), name='settlement_entry_number'), models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='settlement_entry_not_zero')],
                    },
                ),
                migrations.CreateModel(
                    name='BankAccount',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('holder', models.CharField(max_length=120, verbose_name='户名')),
                        ('number', models.CharField(max_length=34, verbose_name='账号')),
                        ('bank_name', models.CharField(max_length=120, verbose_name='开户行')),
                        ('bank_code', models.CharField(blank=True, max_length=12, verbose_name='联行号或 BIC')),
                        ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('set_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='bank_held', to='network.organisation')),
                    ],
                ),
                migrations.CreateModel(
                    name='Payee',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('holder', models.CharField(max_length=120, verbose_name='户名')),
                        ('number', models.CharField(max_length=34, verbose_name='账号')),
                        ('bank_name', models.CharField(max_length=120, verbose_name='开户行')),
                        ('bank_code', models.CharField(blank=True, max_length=12, verbose_name='联行号或 BIC')),
                        ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('set_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('account', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='payee', to='settlement.account')),
                    ],
                ),
                migrations.CreateModel(
                    name='BankFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('bank_account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='settlement.bankaccount')),
                        ('name', models.CharField(max_length=200)),
                        ('sha256', models.CharField(max_length=64)),
                        ('form', models.CharField(max_length=12)),
                        ('lines_count', models.PositiveIntegerField()),
                        ('known_count', models.PositiveIntegerField(default=0)),
                        ('opening_fen', models.BigIntegerField(null=True)),
                        ('closing_fen', models.BigIntegerField(null=True)),
                        ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('uploaded_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['-uploaded_at', '-pk'],
                        'constraints': [models.UniqueConstraint(fields=('bank_account', 'sha256'), name='settlement_bank_file_once')],
                    },
                ),
                migrations.CreateModel(
                    name='BankLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='settlement.bankfile')),
                        ('bank_account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='settlement.bankaccount')),
                        ('position', models.PositiveIntegerField()),
                        ('key', models.CharField(max_length=64)),
                        ('amount_fen', models.BigIntegerField()),
                        ('booked_on', models.DateField()),
                        ('name', models.CharField(blank=True, max_length=120)),
                        ('account', models.CharField(blank=True, max_length=40)),
                        ('text', models.CharField(blank=True, max_length=400)),
                        ('reference', models.CharField(blank=True, max_length=60)),
                        ('end_to_end', models.CharField(blank=True, max_length=40)),
                        ('state', models.CharField(choices=[('open', '待处理'), ('booked', '已入账'), ('ignored', '已忽略')], db_index=True, default='open', max_length=8)),
                        ('reason', models.CharField(blank=True, max_length=300)),
                        ('transaction', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='settlement.transaction')),
                        ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('settled_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['-booked_on', '-pk'],
                        'constraints': [models.UniqueConstraint(fields=('bank_account', 'key'), name='settlement_bank_line_once'), models.CheckConstraint(condition=models.Q(('amount_fen', 0), _negated=True), name='settlement_bank_line_not_zero'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'booked'), ('transaction__isnull', False)), models.Q(models.Q(('state', 'booked'), _negated=True), ('transaction', None)), _connector='OR'), name='settlement_booked_has_transaction')],
                    },
                ),
                migrations.CreateModel(
                    name='PaymentOrder',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('bank_account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='settlement.bankaccount')),
                        ('execute_on', models.DateField(verbose_name='付款日期')),
                        ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                        ('cancelled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('cancelled_why', models.CharField(blank=True, max_length=300, verbose_name='作废理由')),
                    ],
                    options={
                        'ordering': ['-created_at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='PaymentItem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='settlement.paymentorder')),
                        ('entry', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='payment_item', to='settlement.entry')),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='settlement.account')),
                        ('amount_fen', models.BigIntegerField()),
                        ('holder', models.CharField(max_length=120)),
                        ('number', models.CharField(max_length=34)),
                        ('bank_name', models.CharField(blank=True, max_length=120)),
                        ('bank_code', models.CharField(blank=True, max_length=12)),
                        ('text', models.CharField(blank=True, max_length=140)),
                        ('transaction', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='settlement.transaction')),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='settlement_item_positive')],
                    },
                ),
                migrations.CreateModel(
                    name='Claim',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('reference', models.CharField(max_length=40)),
                        ('debtor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organisation')),
                        ('amount_fen', models.BigIntegerField()),
                        ('shares', models.JSONField()),
                        ('ground', models.CharField(max_length=2000)),
                        ('transaction', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='settlement.transaction')),
                        ('claimed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('claimed_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='settlement_claim_positive'), models.UniqueConstraint(fields=('reference',), name='settlement_claim_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Exchange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sold', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='exchange_sold', to='settlement.transaction')),
                        ('bought', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='exchange_bought', to='settlement.transaction')),
                        ('rate', models.DecimalField(decimal_places=8, max_digits=20)),
                        ('source', models.CharField(max_length=120)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('rate__gt', 0)), name='settlement_rate_positive')],
                    },
                ),
                migrations.CreateModel(
                    name='Closing',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('closed_to', models.DateField(unique=True)),
                        ('key', models.CharField(max_length=120, unique=True)),
                        ('transactions', models.BigIntegerField()),
                        ('digest', models.CharField(max_length=64)),
                        ('note', models.CharField(blank=True, max_length=400)),
                        ('closed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('closed_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['-closed_to'],
                    },
                ),
                migrations.CreateModel(
                    name='Request',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('key', models.CharField(max_length=120)),
                        ('request_hash', models.CharField(max_length=64)),
                        ('answer', models.JSONField(null=True)),
                        ('at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('actor', 'key'), name='settlement_request_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Run',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('sha256', models.CharField(max_length=64, unique=True)),
                        ('name', models.CharField(max_length=200)),
                        ('total', models.BigIntegerField()),
                        ('done', models.BigIntegerField(default=0)),
                        ('refused', models.BigIntegerField(default=0)),
                        ('released_fen', models.BigIntegerField(default=0)),
                        ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('started_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('finished_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('done__lte', models.F('total'))), name='settlement_run_within')],
                    },
                ),
                migrations.CreateModel(
                    name='RunFault',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='faults', to='settlement.run')),
                        ('row', models.BigIntegerField()),
                        ('code', models.CharField(max_length=80)),
                        ('said', models.CharField(max_length=400)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('run', 'row'), name='settlement_fault_once')],
                    },
                ),
            ],
        ),
        migrations.RunPython(leave_room, migrations.RunPython.noop),
    ]
