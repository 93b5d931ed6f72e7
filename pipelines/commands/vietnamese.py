"""Help pages and complaints about a command line, in Vietnamese; the words are data (sentences/help.yml)."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from typer._click import exceptions
from typer.core import TyperArgument, TyperCommand, TyperGroup

from pipelines.sentences import has, text


def parameter_help(command: str, name: str) -> str:
    """What a parameter means: the command's own sentence, else the one that all commands share.

    Raises:
        KeyError: nobody wrote it down.
    """
    own = f"help.{command}.{name}"
    return text(own if has(own) else f"help.option.{name}")


def _written(parameter: Any, context: Any) -> str:
    """How a parameter is written on the command line, with the kind of its value."""
    if not isinstance(parameter, TyperArgument):
        flags = ", ".join([*parameter.opts, *parameter.secondary_opts])
        return flags if parameter.is_flag else f"{flags} {_kind(parameter, context)}"
    kind = _kind(parameter, context)
    return kind if parameter.required else f"[{kind}]"


def _kind(parameter: Any, context: Any) -> str:
    """The kind of a value in Vietnamese; values to choose from as they are typed.

    Raises:
        KeyError: nobody wrote the kind down.
    """
    told = str(parameter.metavar or parameter.display_type_rich(ctx=context)).strip("<>")
    return f"<{told}>" if "|" in told else text(f"help.kind.{told.lower()}")


def _more(parameter: Any, context: Any) -> str:
    default = parameter.get_default(context, call=False)
    if parameter.required:
        return f" [{text('help.required')}]"
    shown = default not in (None, False, (), "") and not callable(default)
    return f" [{text('help.default', value=getattr(default, 'value', default))}]" if shown else ""


class _Page:
    """The help page of a command; mixed into Typer's own classes."""

    def format_help(self: Any, ctx: Any, formatter: Any) -> None:
        """Usage, what the command does, its arguments, options and commands."""
        own = self.name if ctx.parent else "program"
        parameters = [each for each in self.get_params(ctx) if each.name != "help"]
        arguments = [each for each in parameters if isinstance(each, TyperArgument)]
        options = [each for each in parameters if not isinstance(each, TyperArgument)]
        commands = [(name, text(f"help.{name}")) for name in getattr(self, "commands", {})]
        pieces = [f"[{text('help.options').upper()}]", *(_written(each, ctx) for each in arguments)]
        if commands:
            pieces.append(text("help.commands").upper())
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=f"{text('help.usage')}: ")
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(text(f"help.{own}"))
        told = [
            (_written(each, ctx), f"{parameter_help(own, each.name)}{_more(each, ctx)}") for each in options
        ]
        sections = (
            ("help.arguments", [(_written(each, ctx), parameter_help(own, each.name)) for each in arguments]),
            ("help.options", [*told, ("--help", text("help.help"))]),
            ("help.commands", commands),
        )
        for title, rows in sections:
            if rows:
                with formatter.section(text(title)):
                    formatter.write_dl(rows)


class Command(_Page, TyperCommand):
    """A command whose help is Vietnamese."""


class Group(_Page, TyperGroup):
    """The program, whose help is Vietnamese."""


def complaint(error: exceptions.ClickException) -> str:
    """What is wrong with a command line, what was probably meant, and where help is.

    Args:
        error: what the parser raised.
    """
    told = [_fault(error)]
    context: Any = getattr(error, "ctx", None)
    if context is not None:
        told.append(text("usage.see", command=context.command_path))
    return "\n".join(told)


def _fault(error: exceptions.ClickException) -> str:
    context: Any = getattr(error, "ctx", None)
    if isinstance(error, exceptions.NoSuchOption):
        return _with_nearest(text("usage.no_option", name=error.option_name), error.possibilities or ())
    if isinstance(error, exceptions.MissingParameter) and error.param is not None:
        what = _written(error.param, context)
        return f"{text('usage.missing', what=what)} {parameter_help(context.command.name, error.param.name)}"
    if isinstance(error, exceptions.BadParameter) and error.param is not None:
        told = text("usage.bad_value", what=_written(error.param, context), value=_refused(error))
        return f"{told} {parameter_help(context.command.name, error.param.name)}"
    commands = getattr(getattr(context, "command", None), "commands", None)
    if commands is not None:
        name = error.message.split("'")[1] if "'" in error.message else ""
        if not name:
            return text("usage.missing", what=text("help.commands").lower())
        return _with_nearest(text("usage.no_command", name=name), get_close_matches(name, commands))
    extra = error.message.rpartition("(")[2].rstrip(")")
    return text("usage.extra", what=extra) if "extra argument" in error.message else error.message


def _refused(error: exceptions.BadParameter) -> str:
    """What was given, and between which numbers it has to be."""
    if isinstance(error.__cause__, ValidationError):
        first = error.__cause__.errors()[0]
        bounds = [text(f"usage.{end}", n=n) for end, n in first.get("ctx", {}).items() if end in ("ge", "le")]
        return ", ".join([str(first["input"]), *bounds])
    quoted = error.message.split("'")
    return quoted[1] if len(quoted) > 1 else error.message


def _with_nearest(told: str, names: Any) -> str:
    return f"{told} {text('usage.nearest', names=', '.join(names))}" if names else told
