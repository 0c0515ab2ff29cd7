"""The tables. Thin: columns, constraints and indexes; nothing here decides or sends."""

from backend.models.application import ConnectionApplication, NumberSeries
from backend.models.call import Call
from backend.models.case import Case, reference
from backend.models.clock import CaseClock, Pause, Reminder
from backend.models.conversation import Conversation, TakenMessage
from backend.models.document import Document
from backend.models.event import Event
from backend.models.guard import AuditEntry, ClockShift, IdempotentAnswer, JobRun
from backend.models.outbox import DeliveryAttempt, InboxItem, OutboxMessage
from backend.models.person import Customer, SubscriptionGrant, WechatIdentity
from backend.models.site import PreServiceProject, Site
from backend.models.staff import BindingScene, Staff
from backend.models.task import Task
from backend.models.visit import Visit

__all__ = [
    "AuditEntry",
    "BindingScene",
    "Call",
    "Case",
    "CaseClock",
    "ClockShift",
    "ConnectionApplication",
    "Conversation",
    "Customer",
    "DeliveryAttempt",
    "Document",
    "Event",
    "IdempotentAnswer",
    "InboxItem",
    "JobRun",
    "NumberSeries",
    "OutboxMessage",
    "Pause",
    "PreServiceProject",
    "Reminder",
    "Site",
    "Staff",
    "SubscriptionGrant",
    "TakenMessage",
    "Task",
    "Visit",
    "WechatIdentity",
    "reference",
]
