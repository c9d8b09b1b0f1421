"""Writes golden.tfevents with TensorBoard's own classes: what EventFile writes must be the same, byte for byte.

Needs `pip install tensorboard`. The numbers are those of EventFileTest.
"""

import sys

import numpy
from tensorboard.compat.proto import event_pb2, summary_pb2
from tensorboard.plugins.histogram.summary_v2 import histogram_pb
from tensorboard.plugins.image import metadata as image_metadata
from tensorboard.summary.writer.record_writer import RecordWriter
from tensorboard.util import tensor_util

WALL_TIME = 1700000000.25
VALUES = numpy.array([-1.5, -0.25, 0.0, 0.125, 0.5, 0.5, 3.0], dtype=numpy.float32)
PNGS = [b"\x89PNG one", b"\x89PNG second"]


def images(tag, description, width, height, pngs):
    value = summary_pb2.Summary.Value(
        tag=tag,
        metadata=image_metadata.create_summary_metadata(display_name=None, description=description),
        tensor=tensor_util.make_tensor_proto([b"%d" % width, b"%d" % height, *pngs]),
    )
    return summary_pb2.Summary(value=[value])


with open(sys.argv[1], "wb") as file:
    records = RecordWriter(file)
    for event in (
        event_pb2.Event(wall_time=WALL_TIME, file_version="brain.Event:2"),
        event_pb2.Event(
            wall_time=WALL_TIME,
            step=3,
            session_log=event_pb2.SessionLog(status=event_pb2.SessionLog.START),
        ),
        event_pb2.Event(
            wall_time=WALL_TIME,
            step=3,
            summary=summary_pb2.Summary(
                value=[summary_pb2.Summary.Value(tag="loss/training", simple_value=0.1)]
            ),
        ),
        event_pb2.Event(
            wall_time=WALL_TIME, step=300, summary=histogram_pb("weights/conv1.weight", VALUES)
        ),
        event_pb2.Event(
            wall_time=WALL_TIME, summary=images("samples", "one, zwölf", 28, 14, PNGS)
        ),
    ):
        records.write(event.SerializeToString())
