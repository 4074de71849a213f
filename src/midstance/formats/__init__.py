"""Files others can open: one module per format."""

from __future__ import annotations

from midstance.formats.analysis_json import SCHEMA_VERSION, analysis_record, write_analysis_json
from midstance.formats.curves_parquet import write_curves_parquet
from midstance.formats.keypoints_parquet import write_keypoints_parquet
from midstance.formats.replacing import replacing
from midstance.formats.schema import schema
from midstance.formats.steps_csv import write_steps_csv
from midstance.formats.trc import write_trc

__all__ = [
    "SCHEMA_VERSION",
    "analysis_record",
    "replacing",
    "schema",
    "write_analysis_json",
    "write_curves_parquet",
    "write_keypoints_parquet",
    "write_steps_csv",
    "write_trc",
]
