"""Who may do what: the roles and their rights. docs/permissions.md shows this table; a test compares the two."""

from enum import StrEnum

from shanhai.ledger.models.accounts import Role


class Right(StrEnum):
    """One thing that an account may do, within its pairings."""

    READ = "read"
    EXPORT = "export"
    SEND = "send"
    REVIEW = "review"
    SETTLE = "settle"
    ASSIGN = "assign"
    FILE = "file"
    REBUILD = "rebuild"
    PEOPLE = "people"
    REPORT = "report"
    RECORD = "record"
    APPROVE = "approve"
    ACCOUNTS = "accounts"
    WHOLE = "whole"


MEANING: dict[Right, tuple[str, str]] = {
    Right.READ: ("阅读来源、数字、事实和问题", "read sources, statements, facts and findings"),
    Right.EXPORT: ("导出表格", "export tables"),
    Right.SEND: ("上传来源、核对初稿", "send sources, check drafts"),
    Right.REVIEW: ("审核数字并撤销", "decide about statements, and undo"),
    Right.SETTLE: ("说明问题已解决", "settle findings"),
    Right.ASSIGN: ("分派问题", "assign findings"),
    Right.FILE: ("管理结对关系、专题与归档", "keep pairings and collections, file sources"),
    Right.REBUILD: ("重建事实与问题", "rebuild facts and findings"),
    Right.PEOPLE: ("查看队员、考核与表彰", "see members, assessments and honours"),
    Right.REPORT: ("报送工作简报并确认", "send briefs and confirm them"),
    Right.RECORD: (
        "登记、修改、导入台账记录，申请计划变更",
        "keep the register: enter, change and import records, ask for plan changes",
    ),
    Right.APPROVE: ("批准计划与变更", "approve plans and changes"),
    Right.ACCOUNTS: ("管理账号与角色", "manage accounts and roles"),
    Right.WHOLE: ("导出、导入整个账本，查看审计记录", "export and import the whole ledger, see the audit"),
}
"""What each right allows, in Chinese and English."""

_READER = frozenset({Right.READ, Right.EXPORT})
_REPORTER = _READER | {Right.SEND, Right.PEOPLE, Right.REPORT}
_REVIEWER = _REPORTER | {Right.REVIEW, Right.SETTLE}
_OFFICE = _REVIEWER | {Right.ASSIGN, Right.FILE, Right.REBUILD, Right.RECORD, Right.APPROVE}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.READER: _READER,
    Role.REPORTER: _REPORTER,
    Role.REVIEWER: _REVIEWER,
    Role.OFFICE: _OFFICE,
    Role.ADMINISTRATOR: _OFFICE | {Right.ACCOUNTS, Right.WHOLE},
}
"""The rights of each role; each role has those of the roles before it."""

PUBLIC = frozenset({Right.READ, Right.EXPORT})
"""What anyone may do where the ledger is open to the public."""

UNSCOPED = frozenset({Right.ACCOUNTS, Right.WHOLE})
"""Rights over the ledger as a whole: only a role for all pairings gives them."""
