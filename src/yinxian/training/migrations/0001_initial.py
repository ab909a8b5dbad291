import django.core.validators
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
                    name='Course',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('association', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='courses', to='network.organisation')),
                        ('name', models.CharField(max_length=60, verbose_name='课程名称')),
                        ('name_en', models.CharField(blank=True, max_length=120, verbose_name='英文名称')),
                        ('track', models.CharField(blank=True, choices=[('01', '电子信息'), ('02', '航空航天'), ('03', '先进制造'), ('04', '生物医药和医疗器械'), ('05', '新材料'), ('06', '新能源与高效节能'), ('07', '环境保护与资源综合利用'), ('08', '核应用'), ('09', '农业'), ('10', '现代交通'), ('11', '城市建设与社会发展')], max_length=2, verbose_name='赛道')),
                        ('step', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1)], verbose_name='第几步')),
                        ('mode', models.CharField(choices=[('onsite', '面授'), ('online', '线上'), ('mixed', '线上线下结合')], default='onsite', max_length=8, verbose_name='方式')),
                        ('about', models.TextField(blank=True, max_length=2000, verbose_name='学什么')),
                        ('about_en', models.TextField(blank=True, max_length=2000, verbose_name='英文说明')),
                        ('modules', models.JSONField(default=list)),
                        ('attendance_percent', models.PositiveSmallIntegerField(default=80, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='出勤达到多少算学完（%）')),
                        ('retired_at', models.DateTimeField(blank=True, null=True)),
                        ('created_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['association', 'track', 'step', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('association', 'name'), name='training_course_name_once'), models.CheckConstraint(condition=models.Q(('attendance_percent__gte', 1), ('attendance_percent__lte', 100)), name='training_attendance_of_100')],
                    },
                ),
                migrations.CreateModel(
                    name='Term',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='training.course')),
                        ('name', models.CharField(max_length=60, verbose_name='班名')),
                        ('starts_on', models.DateField(verbose_name='开班')),
                        ('ends_on', models.DateField(verbose_name='结束')),
                        ('place', models.CharField(blank=True, max_length=200, verbose_name='地点')),
                        ('seats', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(900)], verbose_name='名额')),
                        ('fee_fen', models.PositiveBigIntegerField(default=0, verbose_name='学费')),
                        ('material', models.TextField(blank=True, max_length=4000, verbose_name='教材与资料')),
                        ('state', models.CharField(choices=[('draft', '筹备'), ('open', '招生'), ('finished', '已结业'), ('cancelled', '已取消')], default='draft', max_length=10)),
                        ('reason', models.CharField(blank=True, max_length=300, verbose_name='理由')),
                        ('finished_at', models.DateTimeField(blank=True, null=True)),
                        ('created_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('changed_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['-starts_on', '-pk'],
                        'indexes': [models.Index(fields=['course', 'state', 'starts_on'], name='training_te_course__cdd33f_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('seats__gte', 1)), name='training_a_seat_at_least'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='training_term_ends_after_it_starts'), models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('course', 'name'), name='training_term_name_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Teaching',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('term', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='teachings', to='training.term')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teachings', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('term', 'user'), name='training_teacher_once')],
                    },
                ),
                migrations.CreateModel(
                    name='TermFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='training.term')),
                        ('file', models.FileField(upload_to='training/%Y/%m', verbose_name='文件')),
                        ('name', models.CharField(max_length=200, verbose_name='文件名')),
                        ('size', models.PositiveBigIntegerField(verbose_name='大小')),
                        ('sha256', models.CharField(max_length=64)),
                        ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('uploaded_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['uploaded_at', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('term', 'sha256'), name='training_file_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Enrolment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='training.term')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to=settings.AUTH_USER_MODEL)),
                        ('state', models.CharField(choices=[('seated', '已录取'), ('waiting', '候补'), ('given_up', '已退出'), ('completed', '学完'), ('incomplete', '未学完')], max_length=10)),
                        ('asked_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('seated_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('paid_fen', models.PositiveBigIntegerField(default=0, verbose_name='已交学费')),
                        ('paid_on', models.DateField(blank=True, null=True, verbose_name='到账日期')),
                        ('paid_note', models.CharField(blank=True, max_length=120, verbose_name='凭证')),
                        ('minutes', models.JSONField(default=dict)),
                        ('fact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.entry')),
                    ],
                    options={
                        'ordering': ['asked_at', 'pk'],
                        'indexes': [models.Index(fields=['term', 'state', 'asked_at'], name='training_en_term_id_1a4148_idx'), models.Index(fields=['user', 'state'], name='training_en_user_id_9985d8_idx')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'given_up'), _negated=True), fields=('term', 'user'), name='training_enrolled_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Session',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='training.term')),
                        ('kind', models.CharField(choices=[('common', '公共知识'), ('policy', '政策法规'), ('skills', '实务技能'), ('advance', '能力提升')], max_length=10, verbose_name='模块')),
                        ('topic', models.CharField(max_length=120, verbose_name='讲什么')),
                        ('starts_at', models.DateTimeField(verbose_name='开始')),
                        ('ends_at', models.DateTimeField(verbose_name='结束')),
                        ('place', models.CharField(blank=True, max_length=200, verbose_name='地点')),
                        ('link', models.URLField(blank=True, max_length=300, verbose_name='线上地址')),
                        ('teacher', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions_taught', to=settings.AUTH_USER_MODEL, verbose_name='教师')),
                        ('sequence', models.PositiveIntegerField(default=0)),
                        ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                        ('reason', models.CharField(blank=True, max_length=300, verbose_name='理由')),
                        ('listed_at', models.DateTimeField(blank=True, null=True)),
                        ('created_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('changed_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['starts_at', 'pk'],
                        'indexes': [models.Index(fields=['teacher', 'starts_at'], name='training_se_teacher_0eac26_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='training_session_ends_after_it_starts')],
                    },
                ),
                migrations.CreateModel(
                    name='CalendarKey',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_key', to=settings.AUTH_USER_MODEL)),
                        ('number', models.PositiveIntegerField(default=1)),
                        ('renewed_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                ),
                migrations.CreateModel(
                    name='Attendance',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='training.session')),
                        ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='training.enrolment')),
                        ('present', models.BooleanField(default=True)),
                        ('how', models.CharField(choices=[('code', '扫码'), ('list', '点名')], max_length=4)),
                        ('marked_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('marked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('reason', models.CharField(blank=True, max_length=300, verbose_name='理由')),
                    ],
                    options={
                        'ordering': ['session', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('session', 'enrolment'), name='training_there_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Internship',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(editable=False, max_length=16, unique=True)),
                        ('trainee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='internships', to=settings.AUTH_USER_MODEL)),
                        ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trainees', to=settings.AUTH_USER_MODEL)),
                        ('deal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='internships', to='deals.deal')),
                        ('aim', models.TextField(max_length=1000, verbose_name='想学什么')),
                        ('state', models.CharField(choices=[('asked', '等导师答复'), ('running', '进行中'), ('declined', '未接受'), ('stopped', '已中止'), ('signed', '已签认')], default='asked', max_length=8)),
                        ('answer', models.CharField(blank=True, max_length=300, verbose_name='答复')),
                        ('hours', models.PositiveIntegerField(blank=True, null=True, verbose_name='小时')),
                        ('verdict', models.CharField(blank=True, choices=[('passed', '合格'), ('failed', '不合格')], max_length=8, verbose_name='结论')),
                        ('review', models.TextField(blank=True, max_length=1000, verbose_name='导师评语')),
                        ('asked_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['-asked_at', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'running'])), fields=('trainee', 'mentor'), name='training_one_open_internship')],
                    },
                ),
                migrations.CreateModel(
                    name='InternshipNote',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('internship', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='training.internship')),
                        ('week', models.DateField(verbose_name='哪一周')),
                        ('hours', models.PositiveSmallIntegerField(verbose_name='小时')),
                        ('text', models.TextField(max_length=2000, verbose_name='做了什么')),
                        ('written_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['-week'],
                        'constraints': [models.UniqueConstraint(fields=('internship', 'week'), name='training_note_a_week')],
                    },
                ),
                migrations.CreateModel(
                    name='LessonRead',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lessons_read', to=settings.AUTH_USER_MODEL)),
                        ('lesson', models.CharField(max_length=40)),
                        ('minutes', models.PositiveSmallIntegerField()),
                        ('read_at', models.DateTimeField(default=yinxian.kernel.clock.now)),
                    ],
                    options={
                        'ordering': ['read_at', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('user', 'lesson'), name='training_lesson_once')],
                    },
                ),
            ],
        ),
    ]
