/** The statements that read SQLite's catalogue: sqlite.org/schematab.html and sqlite.org/pragma.html. Nothing per table. */

const OWN = "m.name not like 'sqlite\\_%' escape '\\'";
const PLAIN_TABLE = `m.type = 'table' and ${OWN} and m.sql not like 'create virtual%'`;

/** type, name, table, text */
export const OBJECTS = `
  select m.type, m.name, m.tbl_name, m.sql from sqlite_schema m
  where m.sql is not null and ${OWN} order by m.rowid`;

/** table, name, type, not null, default, hidden (2: generated virtual, 3: generated stored) */
export const COLUMNS = `
  select m.name, c.name, c.type, c."notnull", c.dflt_value, c.hidden
  from sqlite_schema m, pragma_table_xinfo(m.name) c where ${PLAIN_TABLE} order by m.rowid, c.cid`;

/** view, column, type. The engine refuses it whole when one view is broken. */
export const VIEW_COLUMNS = `
  select m.name, c.name, c.type from sqlite_schema m, pragma_table_xinfo(m.name) c
  where m.type = 'view' order by m.rowid, c.cid`;

/** Columns of one view or virtual table, by name. */
export const COLUMNS_OF = 'select ?1, name, type, "notnull", dflt_value, hidden from pragma_table_xinfo(?1) order by cid';

/** table, id, parent, column, parent's column (null: its primary key), on update, on delete */
export const FOREIGN_KEYS = `
  select m.name, f.id, f."table", f."from", f."to", f.on_update, f.on_delete
  from sqlite_schema m, pragma_foreign_key_list(m.name) f where ${PLAIN_TABLE} order by m.rowid, f.id desc, f.seq`;

/** table, index, unique */
export const INDEXES = `
  select m.name, i.name, i."unique" from sqlite_schema m, pragma_index_list(m.name) i
  where ${PLAIN_TABLE} and i.origin = 'c' order by m.rowid, i.seq desc`;

/** index, column (null: an expression), descending */
export const INDEX_PARTS = `
  select m.name, p.name, p."desc" from sqlite_schema m, pragma_index_xinfo(m.name) p
  where m.type = 'index' and m.sql is not null and p.key = 1 order by m.rowid, p.seqno`;
