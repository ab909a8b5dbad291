import django.db.models.deletion
import yinxian.kernel.clock
import yinxian.kernel.tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('credentials', '0001_initial'),
        ('network', '0002_after_accounts'),
    ]

    operations = [
        yinxian.kernel.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Question',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('association', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='network.organisation')),
                        ('code', models.CharField(blank=True, max_length=40, verbose_name='自编号')),
                        ('module', models.CharField(choices=[('common', '公共知识'), ('policy', '政策法规'), ('skills', '实务技能'), ('advance', '能力提升')], max_length=10, verbose_name='模块')),
                        ('kind', models.CharField(choices=[('single', '单选'), ('several', '多选'), ('truth', '判断'), ('number', '数值（带单位）'), ('short', '简答'), ('case', '案例：把需求写成需求书')], max_length=8, verbose_name='题型')),
                        ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('association', 'code'), name='exams_question_code_once')],
                    },
                ),
                migrations.CreateModel(
                    name='QuestionVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='exams.question')),
                        ('number', models.PositiveIntegerField()),
                        ('state', models.CharField(choices=[('draft', '草稿'), ('reviewed', '已审'), ('retired', '停用')], default='draft', max_length=10)),
                        ('difficulty', models.PositiveSmallIntegerField(choices=[(1, '易'), (2, '中'), (3, '难')], default=2, verbose_name='难度')),
                        ('tags', models.JSONField(default=list, verbose_name='标签')),
                        ('text', models.TextField(verbose_name='题干')),
                        ('text_en', models.TextField(blank=True, verbose_name='题干（英文）')),
                        ('options', models.JSONField(default=list)),
                        ('key', models.JSONField(default=dict)),
                        ('explanation', models.TextField(blank=True, verbose_name='解析')),
                        ('explanation_en', models.TextField(blank=True, verbose_name='解析（英文）')),
                        ('article', models.CharField(blank=True, max_length=200, verbose_name='依据')),
                        ('article_en', models.CharField(blank=True, max_length=200, verbose_name='依据（英文）')),
                        ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('written_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('reviewed_at', models.DateTimeField(null=True)),
                        ('retired_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['question', '-number'],
                        'constraints': [models.UniqueConstraint(fields=('question', 'number'), name='exams_version_once'), models.UniqueConstraint(condition=models.Q(('state', 'reviewed')), fields=('question',), name='exams_one_reviewed_version')],
                    },
                ),
                migrations.CreateModel(
                    name='Exam',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('association', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exams', to='network.organisation')),
                        ('level', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='exams', to='credentials.level')),
                        ('title', models.CharField(max_length=80, verbose_name='考试名称')),
                        ('title_en', models.CharField(blank=True, max_length=120, verbose_name='英文名称')),
                        ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['association', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('association', 'title'), name='exams_exam_title_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Blueprint',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('exam', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='blueprints', to='exams.exam')),
                        ('number', models.PositiveIntegerField()),
                        ('rows', models.JSONField(default=list)),
                        ('minutes', models.PositiveSmallIntegerField(verbose_name='时长（分钟）')),
                        ('pass_bp', models.PositiveSmallIntegerField(verbose_name='及格线')),
                        ('differ_bp', models.PositiveSmallIntegerField(default=2000)),
                        ('appeal_days', models.PositiveSmallIntegerField(default=7)),
                        ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['exam', '-number'],
                        'constraints': [models.UniqueConstraint(fields=('exam', 'number'), name='exams_blueprint_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Window',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('exam', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='windows', to='exams.exam')),
                        ('blueprint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='windows', to='exams.blueprint')),
                        ('state', models.CharField(choices=[('open', '开放报名'), ('released', '成绩已公布'), ('cancelled', '已取消')], default='open', max_length=10)),
                        ('opens_at', models.DateTimeField(verbose_name='开始')),
                        ('closes_at', models.DateTimeField(verbose_name='结束')),
                        ('places', models.PositiveIntegerField(blank=True, null=True, verbose_name='名额')),
                        ('for_whom', models.CharField(choices=[('network', '协作网络里的人'), ('association', '本会的技术经理人'), ('listed', '本会登记的人')], default='network', max_length=12, verbose_name='谁能报名')),
                        ('shows_paper', models.BooleanField(default=True, verbose_name='公布成绩后，考生能看自己的卷面、答案和解析')),
                        ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('released_at', models.DateTimeField(null=True)),
                        ('reminded_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['-opens_at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Grader',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('association', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='graders', to='network.organisation')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gradings', to=settings.AUTH_USER_MODEL)),
                        ('appointed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('since', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('ended_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['since', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('association', 'user'), name='exams_grader_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Sitting',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('window', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sittings', to='exams.window')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sittings', to=settings.AUTH_USER_MODEL)),
                        ('state', models.CharField(choices=[('registered', '已报名'), ('running', '作答中'), ('submitted', '已交卷'), ('released', '成绩已公布'), ('withdrawn', '已退考'), ('absent', '缺考')], default='registered', max_length=10)),
                        ('seed', models.BigIntegerField(null=True)),
                        ('registered_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('started_at', models.DateTimeField(null=True)),
                        ('ends_at', models.DateTimeField(null=True)),
                        ('submitted_at', models.DateTimeField(null=True)),
                        ('by_clock', models.BooleanField(default=False)),
                        ('device', models.CharField(blank=True, max_length=64)),
                        ('takeovers', models.PositiveSmallIntegerField(default=0)),
                        ('refused', models.PositiveSmallIntegerField(default=0)),
                        ('digest', models.CharField(blank=True, max_length=64)),
                    ],
                    options={
                        'ordering': ['-registered_at', '-pk'],
                        'indexes': [models.Index(fields=['state', 'ends_at'], name='exams_sitti_state_8f096d_idx')],
                        'constraints': [models.UniqueConstraint(fields=('window', 'user'), name='exams_one_sitting')],
                    },
                ),
                migrations.CreateModel(
                    name='PaperItem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sitting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='exams.sitting')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='exams.questionversion')),
                        ('points', models.PositiveSmallIntegerField()),
                        ('order', models.JSONField(default=list)),
                        ('to_grade', models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        'ordering': ['sitting', 'number'],
                        'constraints': [models.UniqueConstraint(fields=('sitting', 'number'), name='exams_item_once'), models.UniqueConstraint(fields=('sitting', 'version'), name='exams_question_once_a_paper')],
                    },
                ),
                migrations.CreateModel(
                    name='Answer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='exams.paperitem')),
                        ('content', models.JSONField(default=dict)),
                        ('saved_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                ),
                migrations.CreateModel(
                    name='Appeal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='appeal', to='exams.paperitem')),
                        ('state', models.CharField(choices=[('asked', '待复核'), ('granted', '已改分'), ('refused', '维持原分')], default='asked', max_length=10)),
                        ('reason', models.TextField(verbose_name='理由')),
                        ('asked_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('answer', models.TextField(blank=True, verbose_name='答复')),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('decided_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['asked_at', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Score',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='exams.paperitem')),
                        ('by', models.CharField(choices=[('rule', '按规则'), ('first', '第一位阅卷人'), ('second', '第二位阅卷人'), ('third', '第三位阅卷人'), ('appeal', '复核')], max_length=8)),
                        ('hundredths', models.PositiveIntegerField()),
                        ('lines', models.JSONField(default=list)),
                        ('note', models.TextField(blank=True)),
                        ('grader', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['item', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('item', 'by'), name='exams_one_score_each'), models.UniqueConstraint(condition=models.Q(('grader__isnull', False)), fields=('item', 'grader'), name='exams_grades_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Result',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sitting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='exams.sitting')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('hundredths', models.PositiveIntegerField()),
                        ('points', models.PositiveIntegerField()),
                        ('score_bp', models.PositiveSmallIntegerField()),
                        ('passed', models.BooleanField()),
                        ('by_module', models.JSONField(default=dict)),
                        ('at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['sitting', '-number'],
                        'constraints': [models.UniqueConstraint(fields=('sitting', 'number'), name='exams_result_once')],
                    },
                ),
            ],
        ),
    ]
