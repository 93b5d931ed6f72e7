"""YAML read with the line of every key and item, so that an error can name where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from pipelines.common.yaml_files import Loader


class LineDict(dict[str, Any]):
    """A mapping that knows the line of itself and of each key."""

    line: int
    lines: dict[str, int]


class LineList(list[Any]):
    """A sequence that knows the line of each item."""

    line: int
    lines: list[int]


class Fraction(float):
    """A number with a point that knows how it is written: a clause 2.10 is not 2.1."""

    written: str


class YamlProblem(Exception):
    """The file is no YAML of the kind we write.

    Args:
        line: where (1-based).
        text: what is wrong.
    """

    def __init__(self, line: int, text: str) -> None:
        """Keep the line and the words."""
        super().__init__(text)
        self.line, self.text = line, text


class _Builder:
    def __init__(self, loader: Any) -> None:
        self.loader = loader
        self.done: dict[int, Any] = {}
        self.twice: list[tuple[int, str]] = []

    def build(self, node: yaml.Node) -> Any:
        if isinstance(node, yaml.ScalarNode):
            if node.tag == "tag:yaml.org,2002:str":
                return node.value
            value = self.loader.construct_object(node)
            if isinstance(value, float):
                value = Fraction(value)
                value.written = node.value
            return value
        if id(node) not in self.done:
            build = self._mapping if isinstance(node, yaml.MappingNode) else self._sequence
            self.done[id(node)] = build(node)
        return self.done[id(node)]

    def _mapping(self, node: yaml.Node) -> LineDict:
        result = LineDict()
        result.line = node.start_mark.line + 1
        result.lines = {}
        for key_node, value_node in node.value:
            # as it is written: YAML takes ``on`` for a truth value
            plain = isinstance(key_node, yaml.ScalarNode)
            key, line = key_node.value if plain else str(self.build(key_node)), key_node.start_mark.line + 1
            if key in result:
                self.twice.append((line, f"khóa «{key}» ghi hai lần"))
                continue
            result[key] = self.build(value_node)
            result.lines[key] = line
        return result

    def _sequence(self, node: yaml.Node) -> LineList:
        result = LineList(self.build(item) for item in node.value)
        result.line = node.start_mark.line + 1
        result.lines = [item.start_mark.line + 1 for item in node.value]
        return result


def read_yaml(path: Path) -> tuple[Any, list[tuple[int, str]]]:
    """The content of a YAML file as `LineDict`, `LineList` and plain values, and the keys given twice.

    Raises:
        YamlProblem: not UTF-8, or not YAML.
    """
    try:
        loader = Loader(path.read_text(encoding="utf-8"))
        node = loader.get_single_node()
        builder = _Builder(loader)
        return (LineDict() if node is None else builder.build(node)), builder.twice
    except UnicodeDecodeError as error:
        raise YamlProblem(1, "tệp không phải mã UTF-8") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlProblem(mark.line + 1 if mark else 1, _syntax(str(error.problem))) from error
    except yaml.YAMLError as error:
        raise YamlProblem(1, _syntax(str(error))) from error
    except ValueError as error:
        raise YamlProblem(1, "có giá trị không đọc được (một ngày, một số viết sai)") from error


_SYNTAX = {
    "tab": "thụt dòng bằng phím Tab; chỉ dùng dấu cách",
    "quoted scalar": "dấu nháy mở mà không đóng",
    "expected key": "thụt dòng không thẳng hàng, hoặc dấu nháy, dấu ngoặc mở mà không đóng ở các dòng trên",
    "'-' indicator": "thụt dòng không thẳng hàng với các dòng trên",
    "block end": "thụt dòng không thẳng hàng với các dòng trên",
    "',' or": "dấu ngoặc vuông, ngoặc nhọn mở mà không đóng, hoặc thiếu dấu phẩy",
    "mapping values": "dấu hai chấm giữa câu: đặt cả câu trong dấu nháy",
    "':'": "thiếu dấu hai chấm sau tên khóa",
    "cannot start any token": "dấu đặc biệt ở đầu giá trị: đặt giá trị trong dấu nháy",
    "alias": "tên sau dấu * không có ở trên",
    "control characters": "có ký tự điều khiển trong tệp",
}


def _syntax(problem: str) -> str:
    """A mistake of YAML in words: what usually makes it."""
    said = next(
        (words for mark, words in _SYNTAX.items() if mark in problem), "xem dòng này và các dòng ngay trên"
    )
    return f"sai cách viết YAML: {said}"


def line_of(data: Any, path: tuple[int | str, ...]) -> int:
    """The line where a value stands (the nearest known part of the path; 1 for the whole file)."""
    line = getattr(data, "line", 1)
    for step in path:
        if isinstance(data, LineDict):
            line = data.lines.get(str(step), data.line)
            data = data.get(str(step))
        elif isinstance(data, LineList) and isinstance(step, int) and step < len(data):
            line = data.lines[step]
            data = data[step]
        else:
            break
    return line


def last_line(data: Any) -> int:
    """The last line some data are known to stand on."""
    if not isinstance(data, LineDict | LineList):
        return 0
    lines = [*(data.lines.values() if isinstance(data, LineDict) else data.lines), data.line]
    below = data.values() if isinstance(data, LineDict) else data
    return max([*lines, *(last_line(part) for part in below)])


def line_of_value(data: Any, value: object) -> int | None:
    """The first line below some data where a scalar or a key reads as `value`; None where none does."""
    pairs: list[tuple[Any, Any, int]] = []
    if isinstance(data, LineDict):
        pairs = [(key, part, data.lines[key]) for key, part in data.items()]
    elif isinstance(data, LineList):
        pairs = [(None, part, line) for part, line in zip(data, data.lines, strict=True)]
    for key, part, line in pairs:
        if value == key or (not isinstance(part, dict | list) and str(part) == str(value)):
            return line
        found = line_of_value(part, value)
        if found is not None:
            return found
    return None
