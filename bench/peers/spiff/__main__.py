"""The five steps by SpiffWorkflow: at every step the state is read, the task done, the state written."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import django

from bench.figures import timed_steps
from bench.worker import serve

FIELDS = {f"field_{number}": "岭东市梅江区江南街道梅龙路18号" for number in range(20)}


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.peers.spiff.settings"
    django.setup()
    from django.db import connection, transaction
    from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
    from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
    from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
    from SpiffWorkflow.task import TaskState

    from bench.peers.spiff.models import Instance

    parser, serializer = BpmnParser(), BpmnWorkflowSerializer()
    parser.add_bpmn_file(str(Path(__file__).parent / "case.bpmn"))
    spec = parser.get_spec("case")

    def build() -> None:
        with connection.schema_editor() as editor:
            editor.create_model(Instance)

    def begin() -> int:
        flow = BpmnWorkflow(spec)
        flow.data.update(FIELDS)
        flow.do_engine_steps()
        return int(Instance.objects.create(state=serializer.serialize_json(flow)).pk)

    def step(instance: int, name: str) -> None:
        with transaction.atomic():
            row = Instance.objects.select_for_update().get(pk=instance)
            flow = serializer.deserialize_json(row.state)
            (task,) = flow.get_tasks(state=TaskState.READY, spec_name=name)
            task.data["opinion"] = "符合条件"
            task.run()
            flow.do_engine_steps()
            row.state = serializer.serialize_json(flow)
            row.save(update_fields=["state", "changed_at"])

    def steps(seconds: float) -> dict[str, Any]:
        return timed_steps(seconds, begin, step)

    serve(build, steps)


if __name__ == "__main__":
    main()
