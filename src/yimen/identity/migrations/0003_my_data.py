"""What is mine: merges of records, corrections, reports about looks, copies of all data; mandates that rest on more."""

import django.contrib.postgres.fields
import django.db.models.deletion
import yimen.kit.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('city', '0001_initial'),
        ('files', '0001_initial'),
        ('identity', '0002_given_passwords'),
    ]

    operations = [
        migrations.AddField(
            model_name='mandate',
            name='accepted_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='mandate',
            name='asks_consent',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='mandate',
            name='level',
            field=models.CharField(choices=[('A', '本人网上授权'), ('B', '窗口核对过委托书')], default='B', max_length=1),
        ),
        migrations.AddField(
            model_name='mandate',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='mandate',
            name='scan',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile'),
        ),
        migrations.AddField(
            model_name='mandate',
            name='themes',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), default=list, size=None),
        ),
        migrations.AddField(
            model_name='subject',
            name='same_as',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.subject'),
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('asked', '本人申请更正'), ('noticed', '填表时改动')], max_length=8)),
                ('source', models.CharField(max_length=80)),
                ('source_words', models.CharField(max_length=160)),
                ('key', models.CharField(max_length=80)),
                ('label', models.CharField(max_length=80)),
                ('was', yimen.kit.fields.SealedText()),
                ('said', yimen.kit.fields.SealedText()),
                ('reason', yimen.kit.fields.SealedText(default='')),
                ('case', models.CharField(blank=True, max_length=40)),
                ('asked_at', models.DateTimeField()),
                ('due_on', models.DateField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('finding', models.CharField(blank=True, choices=[('corrected', '已更正'), ('right', '原来没有错'), ('known', '已经更正过')], max_length=10)),
                ('answer', yimen.kit.fields.SealedText(default='')),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='city.agency')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.subject')),
            ],
        ),
        migrations.CreateModel(
            name='CorrectionProof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160)),
                ('correction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proofs', to='identity.correction')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
            ],
        ),
        migrations.CreateModel(
            name='DataCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField()),
                ('ready_at', models.DateTimeField(null=True)),
                ('until', models.DateTimeField(null=True)),
                ('gone_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.subject')),
            ],
        ),
        migrations.CreateModel(
            name='CopyPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('size', models.BigIntegerField()),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('copy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='identity.datacopy')),
            ],
        ),
        migrations.CreateModel(
            name='LookReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chain', models.CharField(max_length=64)),
                ('seq', models.IntegerField()),
                ('text', yimen.kit.fields.SealedText(default='')),
                ('asked_at', models.DateTimeField()),
                ('due_on', models.DateField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('finding', models.CharField(blank=True, choices=[('proper', '查看正当'), ('improper', '查看不当')], max_length=10)),
                ('answer', yimen.kit.fields.SealedText(default='')),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='city.agency')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('looker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.subject')),
            ],
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proof', models.CharField(max_length=200)),
                ('asked_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('refused_at', models.DateTimeField(null=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('why', models.CharField(blank=True, help_text='why it was refused or undone', max_length=200)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.subject')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.subject')),
                ('scan', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
            ],
        ),
        migrations.AddIndex(
            model_name='correction',
            index=models.Index(condition=models.Q(('answered_at', None)), fields=['agency', 'due_on', 'id'], name='correction_waiting'),
        ),
        migrations.AddIndex(
            model_name='correction',
            index=models.Index(fields=['subject', '-id'], name='correction_subject'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('way__in', ['asked', 'noticed'])), name='correction_way_known'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('finding', '')), models.Q(('answered_at__isnull', False), models.Q(('finding', ''), _negated=True)), _connector='OR'), name='correction_answered_finds'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.UniqueConstraint(condition=models.Q(('answered_at', None)), fields=('subject', 'source', 'key'), name='one_open_correction'),
        ),
        migrations.AddIndex(
            model_name='correctionproof',
            index=models.Index(fields=['correction'], name='proof_correction'),
        ),
        migrations.AddIndex(
            model_name='datacopy',
            index=models.Index(fields=['subject', '-id'], name='copy_subject'),
        ),
        migrations.AddIndex(
            model_name='datacopy',
            index=models.Index(condition=models.Q(('gone_at', None)), fields=['until'], name='copy_until'),
        ),
        migrations.AddConstraint(
            model_name='datacopy',
            constraint=models.UniqueConstraint(condition=models.Q(('ready_at', None)), fields=('subject', 'asked_by'), name='one_copy_at_once'),
        ),
        migrations.AddConstraint(
            model_name='copypart',
            constraint=models.UniqueConstraint(fields=('copy', 'number'), name='part_once'),
        ),
        migrations.AddIndex(
            model_name='lookreport',
            index=models.Index(condition=models.Q(('answered_at', None)), fields=['due_on', 'id'], name='look_report_waiting'),
        ),
        migrations.AddIndex(
            model_name='lookreport',
            index=models.Index(fields=['subject', '-id'], name='look_report_subject'),
        ),
        migrations.AddConstraint(
            model_name='lookreport',
            constraint=models.UniqueConstraint(fields=('chain', 'seq'), name='one_report_per_look'),
        ),
        migrations.AddConstraint(
            model_name='lookreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('finding', '')), models.Q(('answered_at__isnull', False), models.Q(('finding', ''), _negated=True)), _connector='OR'), name='look_report_answered_finds'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='merge_of_two_in_order'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('refused_at', None), ('undone_at', None)), fields=('one', 'other'), name='one_merge_of_two'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by', None), ('asked_by', None), models.Q(('confirmed_by', models.F('asked_by')), _negated=True), _connector='OR'), name='merge_confirmed_by_another'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('undone_at', None), ('confirmed_at__isnull', False), _connector='OR'), name='merge_undone_after_it_held'),
        ),
        migrations.RunSQL("UPDATE identity_mandate SET level = 'A' WHERE proof = '网上授权'", migrations.RunSQL.noop),
    ]
