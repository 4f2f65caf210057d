"""Posts and the members who hold them. Of a member only what posting and hand-over need is kept, and nothing else."""

from django.db import models

from shanhai.programme.models.record import Record
from shanhai.programme.models.terms import Team


class Profession(models.TextChoices):
    """What a post asks for, and a member is."""

    OFFICIAL = "official", "党政干部"
    TEACHER = "teacher", "教师"
    DOCTOR = "doctor", "医生"
    NURSE = "nurse", "护理人员"
    ENGINEER = "engineer", "工程技术人员"
    AGRONOMIST = "agronomist", "农牧技术人员"
    FINANCE = "finance", "财经人员"
    OTHER = "other", "其他专业技术人员"


class Post(Record):
    """A post (岗位) at the receiving side that a team fills."""

    name = models.CharField(max_length=60)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    profession = models.CharField(max_length=16, choices=Profession)
    grade = models.CharField(max_length=30, blank=True)
    receiving_unit = models.CharField(max_length=60)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)


class Member(Record):
    """A member of a team (队员): name, post, profession and grade, units, dates."""

    name = models.CharField(max_length=30)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    profession = models.CharField(max_length=16, choices=Profession)
    grade = models.CharField(max_length=30, blank=True)
    sending_unit = models.CharField(max_length=60)
    receiving_unit = models.CharField(max_length=60, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)


class Assessment(Record):
    """How a member was assessed (考核)."""

    class Form(models.TextChoices):
        """Which assessment."""

        ROUTINE = "routine", "平时考核"
        YEARLY = "yearly", "年度考核"
        TERM = "term", "期满考核"

    class Result(models.TextChoices):
        """What came of it."""

        EXCELLENT = "excellent", "优秀"
        COMPETENT = "competent", "称职"
        BASIC = "basic", "基本称职"
        NOT_COMPETENT = "not_competent", "不称职"

    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    form = models.CharField(max_length=8, choices=Form)
    starts = models.DateField()
    ends = models.DateField()
    result = models.CharField(max_length=16, choices=Result)
    assessor = models.CharField(max_length=60, blank=True)


class Honour(Record):
    """An honour (表彰) of a team or of one of its members."""

    class Level(models.TextChoices):
        """Who gave it."""

        NATIONAL = "national", "国家级"
        PROVINCIAL = "provincial", "省部级"
        PREFECTURE = "prefecture", "地市级"
        COUNTY = "county", "县区级"
        UNIT = "unit", "单位"

    name = models.CharField(max_length=100)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    level = models.CharField(max_length=12, choices=Level)
    day = models.DateField()
    issuer = models.CharField(max_length=60, blank=True)
