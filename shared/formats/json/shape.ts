/**
 * Shapes of plain data: each reads a value of unknown origin and writes it back. Reading is tolerant: what is wrong is told with
 * its path, and the rest is kept. Attributes at their default are not written.
 */
import { same } from "../../model/index.ts";

/** Told for each thing that is not what it should be. */
export type Tell = (path: string, why: string) => void;

export interface Shape<T> {
  /** The value, or undefined when it cannot be used and `tell` was called. */
  readonly read: (value: unknown, path: string, tell: Tell) => T | undefined;
  readonly write: (value: T) => unknown;
}

const plain = <T>(is: (value: unknown) => value is T, why: string): Shape<T> => ({
  read: (value, path, tell) => (is(value) ? value : void tell(path, why)),
  write: (value) => value,
});

export const text = plain((value): value is string => typeof value === "string", "a text is expected");
export const flag = plain((value): value is boolean => typeof value === "boolean", "true or false is expected");

/** An id: any text but the empty one. Brands are the caller's to say. */
export const id = <T extends string>(): Shape<T> =>
  plain((value): value is T => typeof value === "string" && value !== "", "an id is expected");

export const oneOf = <const T extends string>(...values: readonly T[]): Shape<T> =>
  plain((value): value is T => values.includes(value as T), `one of ${values.join(", ")} is expected`);

export const orNull = <T>(of: Shape<T>): Shape<T | null> => ({
  read: (value, path, tell) => (value === null ? null : of.read(value, path, tell)),
  write: (value) => (value === null ? null : of.write(value)),
});

export const list = <T>(of: Shape<T>): Shape<readonly T[]> => ({
  read: (value, path, tell) => {
    if (!Array.isArray(value)) return void tell(path, "a list is expected");
    return value.flatMap((item, at) => {
      const read = of.read(item, `${path}[${String(at)}]`, tell);
      return read === undefined ? [] : [read];
    });
  },
  write: (value) => value.map(of.write),
});

export const pair: Shape<readonly [number, number]> = {
  read: (value, path, tell) => {
    const [a, b] = Array.isArray(value) && value.length === 2 ? (value as unknown[]) : [];
    if (typeof a === "number" && typeof b === "number" && Number.isFinite(a) && Number.isFinite(b)) return [a, b];
    return void tell(path, "two numbers are expected");
  },
  write: (value) => [...value],
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** `{name: text}` */
export const record = <T>(of: Shape<T>): Shape<Readonly<Record<string, T>>> => ({
  read: (value, path, tell) => {
    if (!isRecord(value)) return void tell(path, "an object is expected");
    const pairs = Object.entries(value).flatMap(([key, item]) => {
      const read = of.read(item, `${path}.${key}`, tell);
      return read === undefined ? [] : [[key, read] as const];
    });
    return Object.fromEntries(pairs);
  },
  write: (value) => Object.fromEntries(Object.entries(value).map(([key, item]) => [key, of.write(item)])),
});

/** A Map whose keys are ids, written as an object. */
export const map = <K extends string, T>(of: Shape<T>): Shape<ReadonlyMap<K, T>> => {
  const inner = record(of);
  return {
    read: (value, path, tell) => {
      const read = inner.read(value, path, tell);
      return read && (new Map(Object.entries(read)) as unknown as ReadonlyMap<K, T>);
    },
    write: (value) => inner.write(Object.fromEntries(value)),
  };
};

/** An attribute that must be there has no `otherwise`. */
export interface Field<T> {
  readonly of: Shape<T>;
  readonly otherwise?: T;
}

export const must = <T>(of: Shape<T>): Field<T> => ({ of });
export const may = <T>(of: Shape<T>, otherwise: T): Field<T> => ({ of, otherwise });

type Fields<T> = { readonly [K in keyof T]-?: Field<T[K]> };

/** An object with known attributes; attributes it does not know are passed over. */
export function object<T extends object>(fields: Fields<T>): Shape<T> {
  const entries = Object.entries(fields) as [string, Field<unknown>][];
  return {
    read: (value, path, tell) => {
      if (!isRecord(value)) return void tell(path, "an object is expected");
      const made: Record<string, unknown> = {};
      let whole = true;
      for (const [key, field] of entries) {
        const found = Object.hasOwn(value, key) ? value[key] : undefined;
        const optional = "otherwise" in field;
        if (found === undefined && !optional) tell(`${path}.${key}`, "it is missing");
        const read = found === undefined ? undefined : field.of.read(found, `${path}.${key}`, tell);
        if (read === undefined && !optional) whole = false;
        made[key] = read ?? (read === undefined ? field.otherwise : read);
      }
      return whole ? (made as T) : undefined;
    },
    write: (value) => {
      const from = value as Readonly<Record<string, unknown>>;
      const pairs = entries.flatMap(([key, { of, ...field }]) => {
        const written = of.write(from[key]);
        return "otherwise" in field && same(written, of.write(field.otherwise)) ? [] : [[key, written] as const];
      });
      return Object.fromEntries(pairs);
    },
  };
}

/** Objects told apart by `kind`. */
export function union<T extends { readonly kind: string }>(kinds: {
  readonly [K in T["kind"]]: Shape<Extract<T, { readonly kind: K }>>;
}): Shape<T> {
  const shapes = kinds as unknown as Readonly<Record<string, Shape<T>>>;
  const of = (value: unknown): Shape<T> | undefined =>
    isRecord(value) && typeof value["kind"] === "string" && Object.hasOwn(shapes, value["kind"])
      ? shapes[value["kind"]]
      : undefined;
  return {
    read: (value, path, tell) => {
      const shape = of(value);
      return shape
        ? shape.read(value, path, tell)
        : void tell(`${path}.kind`, `one of ${Object.keys(shapes).join(", ")} is expected`);
    },
    write: (value) => of(value)?.write(value) ?? value,
  };
}
