"""What employers were asked and said."""

from peewee import AutoField, BlobField, CharField, ForeignKeyField, IntegerField

from renewal.store.models.cases import Application
from renewal.store.models.table import MomentField, Table


class EmployerLink(Table):
    """A link for the employer made anew: it ends those made before for this submission, whose first needs no row."""

    id = AutoField()
    application = ForeignKeyField(Application, on_delete="RESTRICT")
    position = IntegerField()
    made_at = MomentField()

    class Meta:
        indexes = ((("application", "position"), False),)


class EmployerAnswer(Table):
    """What the employer said of a submission, through which of its links; who said it is sealed, to all of the
    rest. `answer` is the status that the case moved to."""

    id = AutoField()
    application = ForeignKeyField(Application, on_delete="RESTRICT")
    position = IntegerField()
    link = IntegerField()
    answer = CharField(max_length=20)
    credit_code = CharField(max_length=18)
    sealed = BlobField()
    answered_at = MomentField()

    class Meta:
        indexes = ((("application", "position"), True),)
