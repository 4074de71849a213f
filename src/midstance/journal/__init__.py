"""The memory: people, recordings, analyses, pain, runs, comments, jobs."""

from midstance.journal.accounts import Account
from midstance.journal.analysis_rows import AnalysisRow
from midstance.journal.comments import Comment
from midstance.journal.faults import NoRoomError, StoreError, UnknownIdError
from midstance.journal.job_rows import Job, JobState
from midstance.journal.measures import MeasureRow
from midstance.journal.overview import LastAnalysis
from midstance.journal.pains import PainRow
from midstance.journal.papers import Paper
from midstance.journal.people import Person, PersonRow
from midstance.journal.recordings import Recording
from midstance.journal.runs import RunRow
from midstance.journal.sessions import Session
from midstance.journal.store import Store, default_folder
from midstance.journal.vault import Stored, Vault

__all__ = [
    "Account",
    "AnalysisRow",
    "Comment",
    "Job",
    "JobState",
    "LastAnalysis",
    "MeasureRow",
    "NoRoomError",
    "PainRow",
    "Paper",
    "Person",
    "PersonRow",
    "Recording",
    "RunRow",
    "Session",
    "Store",
    "StoreError",
    "Stored",
    "UnknownIdError",
    "Vault",
    "default_folder",
]
