"""The register's tables. They hold what is; every change goes through ``programme.actions``."""

from shanhai.programme.models.briefs import Brief, BriefItem
from shanhai.programme.models.exchange import ExchangeContent, ExchangeFile, ExchangeKey
from shanhai.programme.models.matching import MatchBuild, MatchedRecord, RecordMatch
from shanhai.programme.models.money import Balance, Countable, Flow, Form, MoneyEvent, Plan, Stage
from shanhai.programme.models.people import Assessment, Honour, Member, Post, Profession
from shanhai.programme.models.projects import (
    Asset,
    Attachment,
    AttachmentContent,
    CoFunding,
    Delivery,
    Level,
    Livelihood,
    PlanVersion,
    Project,
    Status,
    Use,
    Visit,
)
from shanhai.programme.models.record import LONGEST_KEY, Record
from shanhai.programme.models.targets import Result, Target
from shanhai.programme.models.terms import Arrangement, Handover, Mode, OpenMatter, Team, Term
from shanhai.programme.models.work import Activity, Match, Need

__all__ = [
    "LONGEST_KEY",
    "Activity",
    "Arrangement",
    "Assessment",
    "Asset",
    "Attachment",
    "AttachmentContent",
    "Balance",
    "Brief",
    "BriefItem",
    "CoFunding",
    "Countable",
    "Delivery",
    "ExchangeContent",
    "ExchangeFile",
    "ExchangeKey",
    "Flow",
    "Form",
    "Handover",
    "Honour",
    "Level",
    "Livelihood",
    "Match",
    "MatchBuild",
    "MatchedRecord",
    "Member",
    "Mode",
    "MoneyEvent",
    "Need",
    "OpenMatter",
    "Plan",
    "PlanVersion",
    "Post",
    "Profession",
    "Project",
    "Record",
    "RecordMatch",
    "Result",
    "Stage",
    "Status",
    "Target",
    "Team",
    "Term",
    "Use",
    "Visit",
]
