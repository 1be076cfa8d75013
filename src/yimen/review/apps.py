from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "yimen.review"
    label = "review"

    def ready(self) -> None:
        """Hear acceptances, hold back decisions while tasks are open, show tasks on the case."""
        from yimen.cases.ports import plug_hindrance, plug_part
        from yimen.review import access, reactions  # noqa: F401
        from yimen.review.queries import part, undone

        plug_hindrance(undone)
        plug_part("tasks", part)
