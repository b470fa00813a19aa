/** How the text of an environment variable becomes a value, or a clause that says what is wrong with it. */
import { isIP } from "node:net";

export type Parsed<T> = { readonly value: T } | { readonly wrong: string };

export type Parse<T> = (text: string) => Parsed<T>;

/** A whole number between two others. */
export const whole =
  (least: number, most: number): Parse<number> =>
  (text) =>
    /^\d{1,12}$/.test(text) && Number(text) >= least && Number(text) <= most
      ? { value: Number(text) }
      : { wrong: `is not a whole number from ${String(least)} to ${String(most)}` };

/** An IP address or a host name. */
export const host: Parse<string> = (text) =>
  /^[\w.:-]+$/.test(text) ? { value: text } : { wrong: "is not an address or host name" };

/** An IP address, a range of them (10.0.0.0/8), or a name for well-known ones. */
export const network: Parse<string> = (text) => {
  const [address = "", bits, ...rest] = text.split("/");
  const known = text === "loopback" || text === "linklocal" || text === "uniquelocal";
  const most = isIP(address) === 4 ? 32 : 128;
  const ranged = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most);
  return known || (isIP(address) !== 0 && ranged && rest.length === 0)
    ? { value: text }
    : { wrong: "is not an address, a range of addresses, loopback, linklocal or uniquelocal" };
};

/** Any text. */
export const text: Parse<string> = (given) => ({ value: given });

/** One of a few words. */
export const oneOf =
  <T extends string>(...words: readonly T[]): Parse<T> =>
  (given) => {
    const word = words.find((each) => each === given);
    return word === undefined ? { wrong: `is not one of ${words.join(", ")}` } : { value: word };
  };

/** Text when it is given, else null. */
export const optional =
  <T>(parse: Parse<T>): Parse<T | null> =>
  (given) =>
    given === "" ? { value: null } : parse(given);

/** What stands between commas, each part parsed. */
export const list =
  <T>(parse: Parse<T>): Parse<readonly T[]> =>
  (given) => {
    const values: T[] = [];
    for (const part of given.split(",").map((each) => each.trim())) {
      if (part === "") continue;
      const parsed = parse(part);
      if ("wrong" in parsed) return { wrong: `holds "${part}", which ${parsed.wrong}` };
      values.push(parsed.value);
    }
    return { value: values };
  };

/** A web origin: scheme, host and port, nothing after them. */
export const origin: Parse<string> = (given) => {
  const url = URL.canParse(given) ? new URL(given) : null;
  return url && /^https?:$/.test(url.protocol) && url.origin === given.replace(/\/$/, "")
    ? { value: url.origin }
    : { wrong: "is not an origin such as https://design.example.com" };
};

/** The address of a Redis. */
export const redisUrl: Parse<string> = (given) =>
  URL.canParse(given) && /^rediss?:$/.test(new URL(given).protocol)
    ? { value: given }
    : { wrong: "is not a redis:// or rediss:// address" };

/** The address of a PostgreSQL database. */
export const postgresUrl: Parse<string> = (given) =>
  URL.canParse(given) && /^postgres(ql)?:$/.test(new URL(given).protocol)
    ? { value: given }
    : { wrong: "is not a postgresql:// address" };

/** The address of a MySQL or MariaDB server, with an account and without a database. */
export const mysqlServerUrl: Parse<string> = (given) => {
  const url = URL.canParse(given) ? new URL(given) : null;
  const whole = url !== null && /^(mysql|mariadb):$/.test(url.protocol) && url.hostname !== "" && url.username !== "";
  return whole && /^\/?$/.test(url.pathname) && url.search === "" && url.hash === ""
    ? { value: given }
    : { wrong: "is not a mysql:// or mariadb:// address with a user and without a database or options" };
};
