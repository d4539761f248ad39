import django.db.models.deletion
import haetae.common.ids
import haetae.common.sealed
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('review', '0005_asked'),
    ]

    operations = [
        migrations.AddField(
            model_name='review',
            name='round',
            field=models.PositiveSmallIntegerField(default=1, help_text='of voting; a new one when none can end the last'),
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('round', models.PositiveSmallIntegerField()),
                ('official_id', models.UUIDField()),
                ('decision', models.CharField(choices=[('block_access', 'block_access'), ('not_harmful', 'not_harmful'), ('remove', 'remove')], max_length=12)),
                ('reason', models.CharField(choices=[('no_consent', 'no_consent'), ('manipulated', 'manipulated'), ('minor', 'minor'), ('out_of_reach', 'out_of_reach'), ('lawful', 'lawful'), ('mistaken', 'mistaken')], max_length=16)),
                ('statement', haetae.common.sealed.SealedTextField()),
                ('at', models.DateTimeField()),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='review.review')),
            ],
        ),
        migrations.CreateModel(
            name='Recusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('official_id', models.UUIDField()),
                ('why', models.CharField(choices=[('party', 'party'), ('operator', 'operator'), ('earlier', 'earlier'), ('other', 'other')], max_length=12)),
                ('at', models.DateTimeField()),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recusals', to='review.review')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('review', 'official_id'), name='a_member_recuses_once')],
            },
        ),
        # What one reviewer said was a decision. It stands as the first and only vote of its round.
        migrations.RemoveConstraint(
            model_name='opinion',
            name='a_reviewer_speaks_once',
        ),
        migrations.RenameModel(
            old_name='Opinion',
            new_name='Vote',
        ),
        migrations.AlterField(
            model_name='vote',
            name='review',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='review.review'),
        ),
        migrations.AddField(
            model_name='vote',
            name='round',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='vote',
            name='proposal',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='review.proposal'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.UniqueConstraint(fields=('review', 'round', 'official_id'), name='a_member_votes_once_a_round'),
        ),
    ]
