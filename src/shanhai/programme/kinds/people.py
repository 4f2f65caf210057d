"""Post, member, assessment and honour."""

from collections.abc import Iterator

from shanhai.programme.kinds.kind import Draft, Field, Kind, Problem
from shanhai.programme.kinds.terms import ENDS_AFTER, MEMBER, TEAM
from shanhai.programme.models import Assessment, Honour, Member, Post, Profession
from shanhai.programme.values import Choice, Day, Reference, Text, options_of

PROFESSION = Choice(
    options_of(
        Profession,
        "official",
        "teacher",
        "doctor",
        "nurse",
        "engineer",
        "farming and herding",
        "finance",
        "other specialist",
    )
)


def _within_term(draft: Draft) -> Iterator[Problem]:
    team, starts, ends = (draft.values.get(name) for name in ("team", "starts", "ends"))
    if team and starts and starts > team.term.ends:
        yield Problem(
            "starts",
            f"开始日期{starts}晚于该批次结束日期{team.term.ends}。请核对工作队或日期。",
            f"The begin {starts} lies after the end of the team's term, {team.term.ends}. Check team or date.",
        )
    if team and ends and ends < team.term.starts:
        yield Problem(
            "ends",
            f"结束日期{ends}早于该批次开始日期{team.term.starts}。请核对工作队或日期。",
            f"The end {ends} lies before the begin of the team's term, {team.term.starts}. Check team or date.",
        )


def _one_at_a_time(draft: Draft) -> Iterator[Problem]:
    post, starts, ends = (draft.values.get(name) for name in ("post", "starts", "ends"))
    if not post or not starts:
        return
    for other in Member.objects.filter(post=post, withdrawn=False).exclude(key=draft.key):
        if (ends is None or other.starts <= ends) and (other.ends is None or starts <= other.ends):
            yield Problem(
                "post",
                f"岗位{post.key}这段时间已由{other.key}担任。请核对日期，或先写明其结束日期。",
                f"The post {post.key} is held by {other.key} at that time. Check the dates, or end that posting first.",
            )


def _of_team(draft: Draft) -> Iterator[Problem]:
    member, team = draft.values.get("member"), draft.values.get("team")
    if member and team and member.team_id != team.pk:
        yield Problem(
            "member",
            f"队员{member.key}不属于工作队{team.key}。",
            f"The member {member.key} does not belong to the team {team.key}.",
        )


POST = Kind(
    "post",
    "岗位",
    "post",
    "posts",
    Post,
    (
        Field("name", "岗位", "Post", Text(60), required=True, example="人民医院副院长", listed=True),
        Field("team", "工作队编号", "Team", TEAM, required=True, example="T10", listed=True),
        Field("profession", "专业类别", "Profession", PROFESSION, required=True, example="医生", listed=True),
        Field("grade", "职级或职称", "Grade", Text(30), example="副高", listed=True),
        Field(
            "receiving_unit",
            "受援单位",
            "Receiving unit",
            Text(60),
            required=True,
            example="县人民医院",
            listed=True,
        ),
        Field("starts", "设岗日期", "From", Day(), listed=True),
        Field("ends", "撤岗日期", "To", Day(), listed=True),
    ),
    (ENDS_AFTER,),
    prefix="G",
)
MEMBER_KIND = Kind(
    "member",
    "队员",
    "member",
    "members",
    Member,
    (
        Field("name", "姓名", "Name", Text(30), required=True, example="张三", listed=True),
        Field("team", "工作队编号", "Team", TEAM, required=True, example="T10", listed=True),
        Field("post", "岗位编号", "Post", Reference("post", "岗位", "post"), example="G1", listed=True),
        Field("profession", "专业类别", "Profession", PROFESSION, required=True, example="医生", listed=True),
        Field("grade", "职级或职称", "Grade", Text(30), example="副高", listed=True),
        Field(
            "sending_unit",
            "派出单位",
            "Sending unit",
            Text(60),
            required=True,
            example="市中心医院",
            listed=True,
        ),
        Field("receiving_unit", "受援单位", "Receiving unit", Text(60), example="县人民医院", listed=True),
        Field("starts", "进岗日期", "From", Day(), required=True, example="2022-07-20", listed=True),
        Field("ends", "离岗日期", "To", Day(), listed=True),
    ),
    (ENDS_AFTER, _within_term, _one_at_a_time),
    prefix="Y",
    among=True,
    personal=True,
)
ASSESSMENT = Kind(
    "assess",
    "考核",
    "assessment",
    "assessments",
    Assessment,
    (
        Field("member", "队员编号", "Member", MEMBER, required=True, example="Y1", listed=True),
        Field(
            "form",
            "考核方式",
            "Form",
            Choice(options_of(Assessment.Form, "routine", "yearly", "end of term")),
            required=True,
            example="年度考核",
            listed=True,
        ),
        Field("starts", "考核期起", "From", Day(), required=True, example="2023-01-01", listed=True),
        Field("ends", "考核期止", "To", Day(), required=True, example="2023-12-31", listed=True),
        Field(
            "result",
            "结果",
            "Result",
            Choice(
                options_of(
                    Assessment.Result, "excellent", "competent", "basically competent", "not competent"
                )
            ),
            required=True,
            example="称职",
            listed=True,
        ),
        Field("assessor", "考核单位", "Assessor", Text(60), example="县委组织部", listed=True),
    ),
    (ENDS_AFTER,),
    prefix="K",
    personal=True,
)
HONOUR = Kind(
    "honour",
    "表彰",
    "honour",
    "honours",
    Honour,
    (
        Field("name", "名称", "Name", Text(100), required=True, example="民族团结进步模范集体", listed=True),
        Field("team", "工作队编号", "Team", TEAM, required=True, example="T10", listed=True),
        Field(
            "member",
            "队员编号",
            "Member",
            MEMBER,
            note_zh="集体表彰不填",
            note_en="empty for the whole team",
            listed=True,
        ),
        Field(
            "level",
            "级别",
            "Level",
            Choice(options_of(Honour.Level, "national", "provincial", "prefecture", "county", "unit")),
            required=True,
            example="地市级",
            listed=True,
        ),
        Field("day", "日期", "Day", Day(), required=True, example="2023-07-01", listed=True),
        Field("issuer", "授予单位", "Issuer", Text(60), listed=True),
    ),
    (_of_team,),
    prefix="R",
    personal=True,
)
