"""The tables. Thin: columns, constraints and indexes; nothing here decides or sends."""

from backend.models.acceptance import AcceptanceRound, Defect, SignOff
from backend.models.application import ApplicationSearch, ConnectionApplication, NumberSeries
from backend.models.call import Call
from backend.models.case import Case, reference
from backend.models.clock import CaseClock, ClockHold, Pause, Reminder
from backend.models.completion import HouseholdFile, ImportRun, ImportSheet, Settlement
from backend.models.construction import ChangeRequest, WorkOrder, WorkProgress
from backend.models.conversation import Conversation, LateMessage, TakenMessage
from backend.models.design import Design, Permit, Survey
from backend.models.document import Document
from backend.models.event import Event
from backend.models.export import ExportPart, ExportRun
from backend.models.guard import AuditEntry, ClockShift, IdempotentAnswer, JobRun, Outage, SchedulerLife
from backend.models.lead import Lead, PartnerCallback, PartnerCase
from backend.models.live import LiveReply, LiveTalk, Misunderstanding
from backend.models.outbox import DeliveryAttempt, EarlyReceipt, InboxItem, OutboxMessage
from backend.models.person import Customer, Forgetting, SubscriptionGrant, WechatIdentity
from backend.models.site import PreServiceProject, Site
from backend.models.staff import BindingScene, Staff
from backend.models.task import Task
from backend.models.visit import Visit

__all__ = [
    "AcceptanceRound",
    "ApplicationSearch",
    "AuditEntry",
    "BindingScene",
    "Call",
    "Case",
    "CaseClock",
    "ChangeRequest",
    "ClockHold",
    "ClockShift",
    "ConnectionApplication",
    "Conversation",
    "Customer",
    "Defect",
    "DeliveryAttempt",
    "Design",
    "Document",
    "EarlyReceipt",
    "Event",
    "ExportPart",
    "ExportRun",
    "Forgetting",
    "HouseholdFile",
    "IdempotentAnswer",
    "ImportRun",
    "ImportSheet",
    "InboxItem",
    "JobRun",
    "LateMessage",
    "Lead",
    "LiveReply",
    "LiveTalk",
    "Misunderstanding",
    "NumberSeries",
    "Outage",
    "OutboxMessage",
    "PartnerCallback",
    "PartnerCase",
    "Pause",
    "Permit",
    "PreServiceProject",
    "Reminder",
    "SchedulerLife",
    "Settlement",
    "SignOff",
    "Site",
    "Staff",
    "SubscriptionGrant",
    "Survey",
    "TakenMessage",
    "Task",
    "Visit",
    "WechatIdentity",
    "WorkOrder",
    "WorkProgress",
    "reference",
]
