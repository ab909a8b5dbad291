import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import yinxian.kernel.clock


class Migration(migrations.Migration):
    dependencies = [
        ("deals", "0002_rewards_and_royalties"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Trial",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "试用中"),
                            ("converted", "已转为付费许可"),
                            ("given_back", "不转化，待归还"),
                            ("returned", "已归还"),
                        ],
                        db_index=True,
                        default="running",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("scope", models.CharField(max_length=400, verbose_name="试用的内容和范围")),
                ("judging", models.CharField(max_length=400, verbose_name="效果怎样判断")),
                ("starts_on", models.DateField(verbose_name="试用从哪天起")),
                ("ends_on", models.DateField(verbose_name="试用到哪天止")),
                ("decide_by", models.DateField(db_index=True, verbose_name="最晚哪天决定")),
                ("pay_days", models.PositiveSmallIntegerField(default=30, verbose_name="转化后几天内付首款")),
                ("return_days", models.PositiveSmallIntegerField(default=30, verbose_name="不转化的，几天内归还")),
                ("agreed_at", models.DateTimeField(default=yinxian.kernel.clock.now)),
                ("decided_on", models.DateField(null=True, verbose_name="决定日期")),
                ("reason", models.CharField(blank=True, max_length=400, verbose_name="不转化的理由")),
                ("returned_on", models.DateField(null=True, verbose_name="归还日期")),
                ("reminded_on", models.DateField(null=True)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "deal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="trial", to="deals.deal"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decide_by__gte", models.F("starts_on")), ("starts_on__lt", models.F("ends_on"))
                        ),
                        name="deals_trial_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_on", None), ("state", "running")),
                            ("decided_on__isnull", False),
                            _connector="OR",
                        ),
                        name="deals_trial_decided_once",
                    ),
                ],
            },
        ),
    ]
