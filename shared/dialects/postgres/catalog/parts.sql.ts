/**
 * What the statements that read a PostgreSQL catalogue share. They serve 14 to 18 and are independent of each other, so a live
 * server may be sent all of them at once. Lists come as JSON text, so that every driver hands over the same thing.
 *
 * See the manual, "System Catalogs". Objects of extensions are left out: their extension stands for them.
 */

/** What differs between server versions, by `server_version_num`. */
export interface ServerVersion {
  readonly number: number;
}

export const USER_SPACE = (alias: string): string => `${alias}.nspname !~ '^pg_' and ${alias}.nspname <> 'information_schema'`;

export const NOT_EXTENSION = (catalogue: string, oid: string): string =>
  `not exists (select 1 from pg_catalog.pg_depend x where x.classid = 'pg_catalog.${catalogue}'::regclass and x.objid = ${oid} and x.deptype = 'e')`;

export const COLLATION_NAME = (oid: string): string =>
  `(select pg_catalog.quote_ident(cn.nspname) || '.' || pg_catalog.quote_ident(cl.collname)
      from pg_catalog.pg_collation cl join pg_catalog.pg_namespace cn on cn.oid = cl.collnamespace where cl.oid = ${oid})`;

/**
 * Whether a column has options besides `pg_attver`, which 15.20 keeps there for itself on every column: they are not worth sending.
 * Where there are others, the reader leaves it out.
 */
export const HAS_COLUMN_OPTIONS = (options: string): string =>
  `(${options} is not null and (cardinality(${options}) > 1 or not starts_with(${options}[1], 'pg_attver=')))`;
