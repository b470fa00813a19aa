/** Collisions in words: what happened, whose value it is now, and what may be done about it. */
import { wordOf } from "./both.ts";
import { type Choice, type Collision, otherOf, type Who } from "./collision.ts";

export interface Described {
  readonly title: string;
  /** How it stands now. */
  readonly detail: string;
  readonly choices: readonly { readonly choice: Choice; readonly label: string }[];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const listed = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} and ${items.at(-1) ?? ""}`;

interface Voice {
  readonly them: string;
  readonly subject: Readonly<Record<Who, string>>;
  readonly possessive: Readonly<Record<Who, string>>;
}
type Of<K extends Collision["kind"]> = Extract<Collision, { readonly kind: K }>;
const choice = (of: Choice, label: string) => ({ choice: of, label });
const keeps = ({ possessive }: Voice) => [choice("mine", "Keep mine"), choice("theirs", `Keep ${possessive.theirs}`)];
const them = (of: readonly unknown[]): string => (of.length === 1 ? "it" : "them");

function attribute(collision: Of<"attribute">, voice: Voice): Described {
  const { name, said, won, values } = collision;
  const { possessive } = voice;
  const lost = otherOf(won);
  const lists = Array.isArray(values.mine) && Array.isArray(values.theirs);
  return {
    title: `You and ${voice.them} both changed the ${wordOf(collision)} of ${name}`,
    detail: `It is ${said[won]}, ${possessive[won]}. ${capital(possessive[lost])} was ${said[lost]}.`,
    choices: lists ? [...keeps(voice), choice("both", "Keep both")] : keeps(voice),
  };
}

function lost({ by, how, name, gone, itself }: Of<"lost">, { subject }: Voice): Described {
  const who = subject[otherOf(by)];
  if (itself)
    return {
      title: `${capital(who)} deleted ${name}, which ${subject[by]} changed`,
      detail: "It is gone now.",
      choices: [choice("back", "Bring it back with the changes"), choice("leave", "Leave it deleted")],
    };
  return {
    title: `${capital(subject[by])} ${how} ${name}, but ${who} deleted ${listed(gone)}`,
    detail: `Without ${them(gone)} it cannot stand, and is not shown.`,
    choices: [choice("back", `Bring back ${listed(gone)}`), choice("leave", `Drop ${name}`)],
  };
}

function cut({ by, name, gone }: Of<"cut">, { subject }: Voice): Described {
  return {
    title: `${capital(subject[otherOf(by)])} deleted ${listed(gone)}, which ${name} refers to`,
    detail: `${capital(subject[by])} changed ${name} meanwhile. It stands without ${them(gone)}.`,
    choices: [choice("back", `Bring back ${listed(gone)}`), choice("leave", "Leave it so")],
  };
}

function twins({ what, name, of }: Of<"twins">, voice: Voice): Described {
  return {
    title: `You and ${voice.them} each have a ${what} named ${name}${of === null ? "" : ` in ${of}`}`,
    detail: "Both are kept. A database takes only one of that name.",
    choices: [
      choice("rename-mine", "Rename mine"),
      choice("rename-theirs", `Rename ${voice.possessive.theirs}`),
      choice("drop-mine", "Delete mine"),
      choice("drop-theirs", `Delete ${voice.possessive.theirs}`),
    ],
  };
}

function twoKeys({ table, said, primary }: Of<"two-keys">, voice: Voice): Described {
  const { possessive } = voice;
  const other = otherOf(primary);
  return {
    title: `You and ${voice.them} each gave ${table} a primary key`,
    detail: `${capital(possessive[primary])} (${said[primary]}) is the primary key; ${possessive[other]} (${said[other]}) is read as a unique key.`,
    choices: [
      choice("mine", `Use mine: ${said.mine}`),
      choice("theirs", `Use ${possessive.theirs}: ${said.theirs}`),
      choice("both", "One key of both"),
    ],
  };
}

function kept({ namespace, deletedBy }: Of<"kept">, { subject }: Voice): Described {
  return {
    title: `${capital(subject[deletedBy])} deleted the namespace ${namespace.name}, and ${subject[otherOf(deletedBy)]} put something into it`,
    detail: "It stays while something is in it.",
    choices: [choice("leave", "Keep the namespace"), choice("move", "Move what is in it")],
  };
}

function circle({ tables: { mine, theirs } }: Of<"circle">, voice: Voice): Described {
  return {
    title: `You made ${mine.name} a child of ${theirs.name}, and ${voice.them} the other way round`,
    detail: "Neither is a child of the other now.",
    choices: [
      choice("mine", `${mine.name} is the child`),
      choice("theirs", `${theirs.name} is the child`),
      choice("leave", "Neither"),
    ],
  };
}

/** `them`: who the others are, within a sentence: `Ana`, `Ana and Jo`, `someone else`. */
export function describe(collision: Collision, them: string): Described {
  const voice: Voice = {
    them,
    subject: { mine: "you", theirs: them },
    possessive: { mine: "yours", theirs: them === "the others" ? "the others’" : `${them}’s` },
  };
  switch (collision.kind) {
    case "attribute":
      return attribute(collision, voice);
    case "lost":
      return lost(collision, voice);
    case "cut":
      return cut(collision, voice);
    case "twins":
      return twins(collision, voice);
    case "two-keys":
      return twoKeys(collision, voice);
    case "kept":
      return kept(collision, voice);
    case "circle":
      return circle(collision, voice);
    case "order":
      return {
        title: `You and ${them} both put the columns of ${collision.table} in order`,
        detail: "The orders were combined.",
        choices: [...keeps(voice), choice("leave", "Leave it so")],
      };
  }
}
