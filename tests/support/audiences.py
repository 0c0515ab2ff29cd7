"""Who each route is for: a door of `config/roles.toml`, everybody with a staff login, customers, or anybody at all.

A staff door is for whom its handler's name says; rows stand here for those named otherwise, and for pages.
"""

from sanic import Sanic
from sanic_routing import Route

from backend.app import create_app
from config.settings import Settings

ANYBODY = frozenset(
    {
        "console_login.log_in",
        "console_login.show_login",
        "documentation.describe",
        "documentation.serve_asset",
        "documentation.show",
        "field_device.serve_worker",
        "field_device.show_offline",
        "field_login.come_back",
        "field_login.go_to_wechat",
        "field_login.log_in",
        "field_login.show_home",
        "field_login.show_login",
        "field_progress.feel_progress",  # its link is signed
        "field_progress.move_visit",
        "field_progress.show_progress",
        "health.alive",
        "health.metrics",  # judged by address and key in production
        "health.ready",
        "mini_program_sessions.log_in",
        "staff_sessions.log_in",
        "static_files.serve_static",
        "wechat.from_account",  # signed by the platform
        "wechat.from_program",
        "wechat.verify_account",
        "wechat.verify_program",
    }
)
SIGNED = frozenset({"partners.file_application", "partners.report_work_order", "partners.take_lead"})
"""Partners sign each request."""
DEVELOPMENT = frozenset({"development.move_clock", "development.read_clock"})

DOORS = {
    "staff_coverage.cover": "manage_coverage",
    "staff_coverage.list_districts": "manage_coverage",
    "staff_coverage.order_rota": "manage_coverage",
    "staff_coverage.show_rota": "manage_coverage",
    "staff_imports.cancel_import": "import_sheet",
    "staff_imports.list_bad_rows": "import_sheet",
    "staff_imports.resume_import": "import_sheet",
    "staff_imports.show_import": "import_sheet",
    "staff_imports.start_import": "import_sheet",
    "staff_imports.upload_sheet": "import_sheet",
    "staff_members.change": "manage_members",
    "staff_members.deactivate": "manage_members",
    "staff_members.hire": "manage_members",
    "staff_members.open_binding": "manage_members",
    "staff_members.reactivate": "manage_members",
    "staff_members.set_password": "manage_members",
    "staff_members.show_member": "list_members",
    "staff_members.unbind": "manage_members",
    "staff_files.download": "download",
}
"""Staff doors whose handler has another name than the door."""

LOGGED_IN = frozenset(
    {
        "console_regulation.show",
        "console_home.show_badges",
        "console_home.show_home",
        "console_home.show_waiting",
        "console_inbox.list_messages",
        "console_inbox.open_message",
        "console_login.log_out",
        "console_tasks.accept",
        "console_tasks.finish",
        "console_tasks.list_tasks",
        "console_tasks.show_task",
        "field_device.feel_desk",
        "field_device.say_who",
        "field_login.log_out",
        "field_messages.list_messages",
        "field_messages.open_message",
        "field_tasks.accept",
        "field_tasks.finish",
        "field_tasks.list_tasks",
        "field_tasks.show_task",
        "field_applications.search",  # everybody's own list, empty for who has no case
        "field_projects.search",
    }
)
"""Pages of everybody who works here."""

PAGES = {
    "console_account.publish_menu": "publish_menu",
    "console_account.show_menu": "publish_menu",
    "console_account.show_previews": "preview_messages",
    "console_bulk.file_rows": "file_in_bulk",
    "console_bulk.show": "file_in_bulk",
    "console_imports.download_bad_rows": "import_sheet",
    "console_imports.move": "import_sheet",
    "console_imports.show": "import_sheet",
    "console_imports.show_run": "import_sheet",
    "console_imports.show_state": "import_sheet",
    "console_imports.upload": "import_sheet",
    "console_corrections.correct": "correct",
    "console_corrections.show": "correct",
    "console_counter.file_application": "file_application",
    "console_counter.log_enquiry": "log_call",
    "console_counter.show": "use_counter",
    "console_counter.show_known": "find_customer",
    "console_counter.show_receipt": "use_counter",
    "console_coverage.cover": "manage_coverage",
    "console_coverage.order_rota": "manage_coverage",
    "console_coverage.show": "manage_coverage",
    "console_members.change": "manage_members",
    "console_members.deactivate": "manage_members",
    "console_members.hire": "manage_members",
    "console_members.list_members": "list_members",
    "console_members.open_binding": "manage_members",
    "console_members.reactivate": "manage_members",
    "console_members.set_password": "manage_members",
    "console_members.show_member": "list_members",
    "console_members.show_new": "manage_members",
    "console_members.unbind": "manage_members",
    "console_system.check_templates": "show_system",
    "console_system.show": "show_system",
    "console_system.show_state": "show_system",
    "console_board.show_board": "show_board",
    "console_board.show_now": "show_board",
    "console_case_acts.reassign": "reassign",
    "console_audit.search": "search_audit",
    "console_exports.begin": "export_applications",
    "console_exports.cancel": "export_applications",
    "console_exports.fetch": "export_applications",
    "console_exports.list_exports": "export_applications",
    "console_exports.show_now": "export_applications",
    "console_figures.download_workbook": "show_figures",
    "console_figures.show_digest": "show_figures",
    "console_figures.show_figures": "show_figures",
    "console_pauses.annul_pause": "annul_pause",
    "console_pauses.list_pauses": "list_pauses",
    "console_undelivered.give_up_message": "give_up_message",
    "console_undelivered.list_messages": "list_messages",
    "console_undelivered.resend_message": "resend_message",
    "console_applications.list_applications": "list_applications",
    "console_applications.show_application": "show_application",
    "console_applications.show_document": "download",
    "console_transcripts.download_training_text": "mark_misunderstanding",
    "console_transcripts.list_transcripts": "list_transcripts",
    "console_transcripts.mark_misunderstanding": "mark_misunderstanding",
    "console_transcripts.show_transcript": "show_transcript",
    "console_hotline.find": "show_hotline",
    "console_hotline.finish_call_back": "finish_task",
    "console_hotline.log_call": "log_call",
    "console_hotline.show_call_backs": "show_hotline",
    "console_hotline.show_caller": "show_hotline",
    "console_hotline.show_desk": "show_hotline",
    "console_hotline_talks.hand_back": "hand_back_talk",
    "console_hotline_talks.reply": "reply_in_talk",
    "console_hotline_talks.show_lines": "show_hotline",
    "console_hotline_talks.show_queue": "show_hotline",
    "console_hotline_talks.take": "take_talk",
    "field_applications.act": "show_application",  # each of its forms asks a door of its own
    "field_applications.look": "show_application",
    "field_canvass.file_for_somebody": "canvass",
    "field_canvass.show_form": "canvass",
    "field_canvass.show_receipt": "canvass",
    "field_device.feel_application": "show_application",
    "field_device.feel_project": "show_project",
    "field_photos.show_document": "download",
    "field_photos.take_photo": "upload",
    "field_projects.act": "show_project",
    "field_projects.look": "show_project",
    "field_signing.show_signing": "sign_off",
}
"""Pages behind a door."""


def routes() -> dict[str, Route]:
    """Every route of the development server by `blueprint.handler`."""
    nowhere = Settings(database_url="postgres://nobody@127.0.0.1:9/x", redis_url="redis://127.0.0.1:9")
    app = create_app(nowhere)
    found = {route.name.removeprefix(f"{app.name}."): route for route in app.router.routes}
    Sanic.unregister_app(app)
    return found
