"""Files others can open: one module per format."""

from __future__ import annotations

from midstance.formats.analysis_json import SCHEMA_VERSION, analysis_record, write_analysis_json
from midstance.formats.analysis_reading import read_analysis_json, summary_of
from midstance.formats.c3d_writing import write_c3d
from midstance.formats.clip_check_record import check_record
from midstance.formats.converting import write_trial
from midstance.formats.corrections import correction_record, read_correction
from midstance.formats.curves_parquet import write_curves_parquet
from midstance.formats.keypoints_parquet import write_keypoints_parquet
from midstance.formats.marker_sets import marker_sets, read_marker_set
from midstance.formats.plate_geometry import plate_corners
from midstance.formats.player_json import player_record, write_player_json
from midstance.formats.reading import read_trial
from midstance.formats.recognising import lacking, recognised_marker_set, spelled_as
from midstance.formats.replacing import replacing
from midstance.formats.schema import schema
from midstance.formats.sighting_npz import read_sighting, write_sighting
from midstance.formats.steps_csv import write_steps_csv
from midstance.formats.storage_writing import write_forces_mot, write_signals_mot
from midstance.formats.tables import write_markers_csv, write_markers_parquet
from midstance.formats.trc import write_trc
from midstance.formats.watch import read_training_run

__all__ = [
    "SCHEMA_VERSION",
    "analysis_record",
    "check_record",
    "correction_record",
    "lacking",
    "marker_sets",
    "plate_corners",
    "player_record",
    "read_analysis_json",
    "read_correction",
    "read_marker_set",
    "read_sighting",
    "read_training_run",
    "read_trial",
    "recognised_marker_set",
    "replacing",
    "schema",
    "spelled_as",
    "summary_of",
    "write_analysis_json",
    "write_c3d",
    "write_curves_parquet",
    "write_forces_mot",
    "write_keypoints_parquet",
    "write_markers_csv",
    "write_markers_parquet",
    "write_player_json",
    "write_sighting",
    "write_signals_mot",
    "write_steps_csv",
    "write_trc",
    "write_trial",
]
