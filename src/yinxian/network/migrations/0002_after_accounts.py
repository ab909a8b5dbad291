from django.db import migrations


class Migration(migrations.Migration):
    """Others' tables before ours: each of their changes would make Django read all our models again.

    Named one by one: with "__latest__" a newer package would make this one stand before what it depends on.
    """

    dependencies = [
        ("network", "0001_initial"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]

    operations = []
