import django.db.models.deletion
import yinxian.kernel.clock
import yinxian.kernel.tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        yinxian.kernel.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name='User',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('phone', models.CharField(blank=True, max_length=20, null=True, unique=True, verbose_name='手机号')),
                        ('phone_verified', models.BooleanField(default=False)),
                        ('email', models.EmailField(blank=True, max_length=254, null=True, unique=True, verbose_name='邮箱')),
                        ('name', models.CharField(blank=True, max_length=60, verbose_name='姓名')),
                        ('name_en', models.CharField(blank=True, max_length=60, verbose_name='英文姓名')),
                        ('language', models.CharField(default='zh-hans', max_length=10, verbose_name='语言')),
                        ('is_staff', models.BooleanField(default=False)),
                        ('is_active', models.BooleanField(default=True)),
                        ('date_joined', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                        ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                    ],
                ),
                migrations.CreateModel(
                    name='ApiToken',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to=settings.AUTH_USER_MODEL)),
                        ('name', models.CharField(max_length=60, verbose_name='用途')),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('created_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('last_used_at', models.DateTimeField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='SignedLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('purpose', models.CharField(max_length=40)),
                        ('subject_type', models.CharField(max_length=60)),
                        ('subject_id', models.BigIntegerField()),
                        ('recipient', models.CharField(max_length=120)),
                        ('recipient_contact', models.CharField(blank=True, max_length=120)),
                        ('side', models.CharField(blank=True, max_length=20)),
                        ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('expires_at', models.DateTimeField()),
                        ('used_at', models.DateTimeField(null=True)),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['subject_type', 'subject_id'], name='network_sig_subject_a8eb27_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='Organisation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('name', models.CharField(max_length=120, unique=True, verbose_name='名称')),
                        ('name_en', models.CharField(blank=True, max_length=160, verbose_name='英文名称')),
                        ('kind', models.CharField(choices=[('supplier', '供给方'), ('buyer', '需求方'), ('agency', '技术转移机构'), ('association', '协会')], max_length=12, verbose_name='类型')),
                        ('nature', models.CharField(blank=True, max_length=3, verbose_name='单位性质')),
                        ('credit_code', models.CharField(blank=True, max_length=18, verbose_name='统一社会信用代码')),
                        ('region', models.CharField(blank=True, max_length=6, verbose_name='行政区划')),
                        ('address', models.CharField(blank=True, max_length=200, verbose_name='地址')),
                        ('bank_account', models.CharField(blank=True, max_length=200, verbose_name='开户行与账号')),
                        ('about', models.TextField(blank=True, verbose_name='简介')),
                        ('admitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='admitted', to='network.organisation', verbose_name='所属协会')),
                        ('admitted_at', models.DateTimeField(blank=True, null=True)),
                        ('applied_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='applicants', to='network.organisation', verbose_name='申请加入')),
                        ('created_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['name'],
                    },
                ),
                migrations.CreateModel(
                    name='Membership',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='network.organisation')),
                        ('role', models.CharField(choices=[('admin', '管理员'), ('member', '成员'), ('reviewer', '审核员'), ('finance', '财务')], default='member', max_length=10, verbose_name='角色')),
                        ('since', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('user', 'organisation'), name='network_one_role_at_a_time')],
                    },
                ),
                migrations.CreateModel(
                    name='ManagerProfile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='manager_profile', to=settings.AUTH_USER_MODEL)),
                        ('kind', models.CharField(choices=[('research', '挖矿型（科研侧）'), ('market', '孵化运营型（市场侧）'), ('capital', '资产资本型（资本侧）')], max_length=10, verbose_name='类别')),
                        ('association', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='managers', to='network.organisation', verbose_name='所属协会')),
                        ('tracks', models.JSONField(default=list, verbose_name='赛道')),
                        ('regions', models.JSONField(default=list, verbose_name='服务地区')),
                        ('languages', models.JSONField(default=list, verbose_name='语言')),
                        ('years', models.PositiveSmallIntegerField(default=0, verbose_name='从业年数')),
                        ('bio', models.TextField(blank=True, verbose_name='自我介绍')),
                        ('bio_en', models.TextField(blank=True, verbose_name='英文自我介绍')),
                        ('open_to_work', models.BooleanField(default=True, verbose_name='可接新项目')),
                        ('created_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                ),
            ],
        ),
    ]
