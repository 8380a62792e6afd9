"""Click in French: help pages, and one sentence for each mistake on the command line."""

from __future__ import annotations

import click

# What overrides a refusal or a question is never guessed: whoever wants it writes it.
_BOLD = ("--force", "--yes")


class FrenchCommand(click.Command):
    """A command whose help is French."""

    def format_usage(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        _usage(self, context, formatter)

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        _options(self, context, formatter)

    def get_help_option(self, context: click.Context) -> click.Option | None:
        return _help_option(super().get_help_option(context))


class FrenchGroup(click.Group):
    """A group of commands whose help is French, its commands in the order they were written."""

    def format_usage(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        _usage(self, context, formatter)

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, self.commands[name].get_short_help_str(200)) for name in self.list_commands(context)]
        with formatter.section("Commandes\u00a0"):
            formatter.write_dl(rows)
        _options(self, context, formatter)
        formatter.write_paragraph()
        formatter.write_text(f"« {context.command_path} COMMANDE --help » explique une commande.")

    def get_help_option(self, context: click.Context) -> click.Option | None:
        return _help_option(super().get_help_option(context))

    def list_commands(self, context: click.Context) -> list[str]:
        del context
        return list(self.commands)


class Unfit(click.BadParameter):
    """An option's value that will not do; the message is a French sentence."""


def usage_sentence(fault: click.ClickException) -> str:
    """What is wrong with the command line, as one French sentence."""
    context = getattr(fault, "ctx", None)
    more = f" « {context.command_path} --help » explique la commande." if context else ""
    match fault:
        case click.NoSuchOption():
            near = next(
                (f" ; vouliez-vous écrire {each} ?" for each in fault.possibilities or () if each not in _BOLD), "."
            )
            return f"L’option {fault.option_name} n’existe pas{near}{more}"
        case click.MissingParameter():
            name = fault.param.make_metavar(context) if fault.param and context else "un argument"
            return f"Il manque {name.rstrip('.…')}.{more}"
        case Unfit():
            return f"La valeur donnée à {fault.param_hint} ne convient pas. {fault.message}{more}"
        case click.BadParameter():
            kind = fault.param.type if fault.param else None
            choices = (
                f" ; choisissez parmi : {', '.join(map(str, kind.choices))}" if isinstance(kind, click.Choice) else ""
            )
            name = fault.param.opts[0] if fault.param else "un argument"
            return f"La valeur donnée à {name} ne convient pas{choices}.{more}"
        case click.UsageError() if "No such command" in fault.message:
            return f"Cette commande n’existe pas : {fault.message.split(chr(39))[1]}.{more}"
        case click.UsageError() if "requires an argument" in fault.message:
            return f"Il manque une valeur après une option.{more}"
        case _:
            return f"La commande n’est pas comprise : des mots sont en trop ou mal placés.{more}"


def _usage(command: click.Command, context: click.Context, formatter: click.HelpFormatter) -> None:
    english = {"[COMMAND] [ARGS]...": "COMMANDE …", "COMMAND [ARGS]...": "COMMANDE …"}
    pieces = [english.get(piece, piece) for piece in command.collect_usage_pieces(context)]
    formatter.write_usage(context.command_path, " ".join(pieces), prefix="Utilisation : ")


def _options(command: click.Command, context: click.Context, formatter: click.HelpFormatter) -> None:
    options = (each for each in command.get_params(context) if isinstance(each, click.Option))
    records = (record for option in options if (record := option.get_help_record(context)))
    rows = [(names, told.replace("[required]", "(obligatoire)")) for names, told in records]
    if rows:
        with formatter.section("Options\u00a0"):
            formatter.write_dl(rows)


def _help_option(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "Montrer cette aide et s’arrêter."
    return option
