"""What the database itself refuses, and the indexes of what is due; Tortoise's models cannot say either."""

from tortoise import migrations
from tortoise.migrations import operations as ops

_OPEN_CLOCK = "state IN ('running', 'paused', 'breached')"

RULES = {
    "clocks_one_case": "ALTER TABLE clocks ADD CONSTRAINT clocks_one_case CHECK (num_nonnulls(application_id, project_id) = 1)",
    "pauses_one_case": "ALTER TABLE pauses ADD CONSTRAINT pauses_one_case CHECK (num_nonnulls(application_id, project_id) = 1)",
    "events_one_case": "ALTER TABLE events ADD CONSTRAINT events_one_case CHECK (num_nonnulls(application_id, project_id) = 1)",
    "outbox_one_person": "ALTER TABLE outbox ADD CONSTRAINT outbox_one_person CHECK (num_nonnulls(customer_id, staff_id) = 1)",
    "inbox_one_person": "ALTER TABLE inbox_items ADD CONSTRAINT inbox_one_person CHECK (num_nonnulls(customer_id, staff_id) = 1)",
    "clocks_due_or_rest": "ALTER TABLE clocks ADD CONSTRAINT clocks_due_or_rest CHECK ((due_at IS NULL) = (rest IS NOT NULL))",
    "applications_rating": "ALTER TABLE applications ADD CONSTRAINT applications_rating CHECK (rating BETWEEN 1 AND 5)",
    "clocks_once_application": f"CREATE UNIQUE INDEX clocks_once_application ON clocks (application_id, kind) WHERE {_OPEN_CLOCK}",
    "clocks_once_project": f"CREATE UNIQUE INDEX clocks_once_project ON clocks (project_id, kind) WHERE {_OPEN_CLOCK}",
    "applications_once": "CREATE UNIQUE INDEX applications_once ON applications (customer_id, address_key, customer_kind) WHERE stage NOT IN ('ignited', 'cancelled') AND NOT twin",
    "projects_once": "CREATE UNIQUE INDEX projects_once ON projects (site_id) WHERE stage <> 'cancelled'",
    "visits_one_booked": "CREATE UNIQUE INDEX visits_one_booked ON visits (application_id) WHERE state = 'booked'",
    "visits_one_booked_project": "CREATE UNIQUE INDEX visits_one_booked_project ON visits (project_id, purpose) WHERE state = 'booked'",
    "visits_one_case": "ALTER TABLE visits ADD CONSTRAINT visits_one_case CHECK (num_nonnulls(application_id, project_id) = 1)",
    "rounds_one_open": "CREATE UNIQUE INDEX rounds_one_open ON acceptance_rounds (project_id) WHERE stage = 'convened'",
    "work_orders_one_open": "CREATE UNIQUE INDEX work_orders_one_open ON work_orders (project_id) WHERE stage <> 'superseded'",
    "partner_callbacks_due": "CREATE INDEX partner_callbacks_due ON partner_callbacks (attempt_at) WHERE state = 'waiting'",
    "imports_running": "CREATE INDEX imports_running ON import_runs (id) WHERE state = 'running'",
    "clock_holds_one_open": "CREATE UNIQUE INDEX clock_holds_one_open ON clock_holds (clock_id) WHERE ended_at IS NULL",
    "outbox_undelivered": "CREATE INDEX outbox_undelivered ON outbox (created_at) WHERE state IN ('dead', 'called_back')",
    "outbox_due": "CREATE INDEX outbox_due ON outbox (priority, attempt_at) WHERE state = 'waiting'",
    "reminders_due": "CREATE INDEX reminders_due ON reminders (due_at) WHERE state = 'waiting'",
    "pauses_due": "CREATE INDEX pauses_due ON pauses (until) WHERE ended_at IS NULL AND until IS NOT NULL",
    "documents_due": "CREATE INDEX documents_due ON documents (fetch_at) WHERE state = 'waiting'",
    "tasks_climbing": "CREATE INDEX tasks_climbing ON tasks (climb_at) WHERE climb_at IS NOT NULL",
}


def _undo(name: str, statement: str) -> str:
    if statement.startswith("CREATE"):
        return f"DROP INDEX {name}"
    return f"ALTER TABLE {statement.split()[2]} DROP CONSTRAINT {name}"


class Migration(migrations.Migration):
    dependencies = [("models", "0001_initial")]
    operations = [ops.RunSQL(sql, reverse_sql=_undo(name, sql)) for name, sql in RULES.items()]
