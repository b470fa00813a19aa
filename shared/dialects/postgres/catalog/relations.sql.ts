/** Namespaces, and tables and views with what belongs to them: columns, constraints, indexes. */
import { COLLATION_NAME, HAS_COLUMN_OPTIONS, NOT_EXTENSION, type ServerVersion, USER_SPACE } from "./parts.sql.ts";

export const NAMESPACES = `
  select n.oid::int8, n.nspname, pg_catalog.obj_description(n.oid, 'pg_namespace')
    from pg_catalog.pg_namespace n
   where ${USER_SPACE("n")} and ${NOT_EXTENSION("pg_namespace", "n.oid")}
   order by n.nspname`;

export const RELATIONS = `
  select c.oid::int8, c.relnamespace::int8, c.relname, c.relkind, c.relpersistence, to_json(c.reloptions)::text,
         c.relrowsecurity, c.relforcerowsecurity,
         case when c.relkind = 'p' then pg_catalog.pg_get_partkeydef(c.oid) end,
         case when c.relispartition then pg_catalog.pg_get_expr(c.relpartbound, c.oid) end,
         c.relreplident,
         case when c.relkind in ('v', 'm') then pg_catalog.pg_get_viewdef(c.oid) end,
         c.relispopulated, nullif(m.amname, 'heap'), to_json(s.reloptions)::text,
         i.parents::text, pg_catalog.quote_ident(w.srvname), to_json(f.ftoptions)::text,
         c.reltype::int8, t.typarray::int8
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    left join pg_catalog.pg_type t on t.oid = c.reltype
    left join pg_catalog.pg_am m on m.oid = c.relam
    left join pg_catalog.pg_class s on s.oid = c.reltoastrelid
    left join (select h.inhrelid, array_agg(h.inhparent order by h.inhseqno) as parents from pg_catalog.pg_inherits h group by h.inhrelid) i
           on i.inhrelid = c.oid
    left join pg_catalog.pg_foreign_table f on f.ftrelid = c.oid
    left join pg_catalog.pg_foreign_server w on w.oid = f.ftserver
   where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relpersistence <> 't'
     and ${USER_SPACE("n")} and ${NOT_EXTENSION("pg_class", "c.oid")}
   order by n.nspname, c.relname`;

/** The collation that every text column has unless told otherwise. */
const DEFAULT_COLLATION = "100";

/**
 * The columns of a relation come as one text of JSON: a row for each column costs its reader more than it costs the server to
 * put them together. What is more than name, type, NOT NULL and default stands at the end, null for most.
 */
export const COLUMNS = `
  select relation::int8, json_agg(json_build_array(number, name, type, not_null, expression, rare))::text from (
    select a.attrelid as relation, a.attnum as number, a.attname as name, pg_catalog.format_type(a.atttypid, a.atttypmod) as type,
           a.attnotnull as not_null, pg_catalog.pg_get_expr(d.adbin, d.adrelid) as expression,
           case when a.attidentity <> '' or a.attgenerated <> '' or not a.attislocal or a.attcollation <> t.typcollation
                  or a.attstorage <> t.typstorage or a.attcompression <> '' or a.attstattarget <> -1
                  or ${HAS_COLUMN_OPTIONS("a.attoptions")} or a.attfdwoptions is not null
                then json_build_array(a.attidentity, a.attgenerated, a.attislocal,
                       case when a.attcollation <> t.typcollation then ${COLLATION_NAME("a.attcollation")} end,
                       case when a.attstorage <> t.typstorage then a.attstorage end,
                       nullif(a.attcompression, ''), nullif(a.attstattarget, -1), a.attoptions, a.attfdwoptions) end as rare
      from pg_catalog.pg_attribute a
      join pg_catalog.pg_class c on c.oid = a.attrelid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_type t on t.oid = a.atttypid
      left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
     where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm', 'f', 'c') and c.relpersistence <> 't' and ${USER_SPACE("n")}
     order by a.attrelid, a.attnum) columns
   group by relation`;

/** NOT NULL has a name of its own since 18. The reader tells which are as usual: here it would take another join of all columns. */
export const notNulls = ({ number }: ServerVersion): string =>
  number < 180000
    ? "select null where false"
    : `
  select k.oid::int8, k.conrelid::int8, k.conkey[1], k.conname, k.connoinherit, k.conislocal, k.convalidated
    from pg_catalog.pg_constraint k join pg_catalog.pg_namespace n on n.oid = k.connamespace
   where k.contype = 'n' and k.conrelid <> 0 and ${USER_SPACE("n")}`;

/** Comments on tables, views, sequences, indexes, columns and constraints: asked for each one, they took a third of the time. */
export const COMMENTS = `
  select case d.classoid when 'pg_catalog.pg_class'::regclass then 'pg_class' else 'pg_constraint' end, d.objoid::int8, d.objsubid, d.description
    from pg_catalog.pg_description d
   where d.classoid in ('pg_catalog.pg_class'::regclass, 'pg_catalog.pg_constraint'::regclass) and d.objoid >= 16384`;

/** As with columns, what few constraints have comes in one text of JSON at the end. */
export const constraints = ({ number }: ServerVersion): string => {
  const enforced = number >= 180000 ? "k.conenforced" : "true";
  const period = number >= 180000 ? "k.conperiod" : "false";
  return `
  select k.oid::int8, k.conrelid::int8, k.conname, k.contype, k.conkey::text, k.confrelid::int8, k.confkey::text, k.conindid::int8,
         case when k.contype = 'x' then pg_catalog.pg_get_constraintdef(k.oid) else pg_catalog.pg_get_expr(k.conbin, k.conrelid) end,
         case when k.contypid <> 0 or k.confupdtype not in (' ', 'a') or k.confdeltype not in (' ', 'a') or k.confmatchtype not in (' ', 's')
                or k.condeferrable or not k.convalidated or (k.connoinherit and k.contype = 'c') or not k.conislocal or k.conparentid <> 0
                or not ${enforced} or ${period}
              then json_build_object('domain', k.contypid::int8, 'update', k.confupdtype, 'delete', k.confdeltype, 'match', k.confmatchtype,
                     'set', ${number >= 150000 ? "k.confdelsetcols" : "null"}, 'deferrable', k.condeferrable, 'deferred', k.condeferred,
                     'validated', k.convalidated, 'noInherit', k.connoinherit, 'local', k.conislocal, 'parent', k.conparentid::int8,
                     'enforced', ${enforced}, 'period', ${period})::text end
    from pg_catalog.pg_constraint k join pg_catalog.pg_namespace n on n.oid = k.connamespace
   where k.contype in ('p', 'u', 'c', 'x', 'f') and ${USER_SPACE("n")}
   order by k.conrelid, k.contype, k.conname`;
};

/** Whether part k has a collation of its own. What an expression would have by itself, only the engine knows: it prints what differs. */
const HAS_COLLATION = `case when i.indkey[p.k - 1] = 0
  then position(pg_catalog.pg_get_indexdef(i.indexrelid, p.k, false) || ' COLLATE ' in pg_catalog.pg_get_indexdef(i.indexrelid)) > 0
  else i.indcollation[p.k - 1] is distinct from coalesce(ta.attcollation, a.attcollation) end`;

/**
 * What the key columns of an index are is plain numbers, unless something about one is unusual: an expression, a column of a
 * materialized view, an operator class, collation, option or statistics target of its own. Then the parts come in words as well.
 * Deciding that costs one pass over pg_attribute; words for every part cost more than all the rest of the index.
 */
export const indexes = ({ number }: ServerVersion): string => `
  with odd as materialized (
    select o.attrelid from pg_catalog.pg_attribute o
     where o.attnum > 0 and (o.attcollation not in (0, ${DEFAULT_COLLATION}) or ${HAS_COLUMN_OPTIONS("o.attoptions")} or o.attstattarget <> -1)
  )
  select i.indexrelid::int8, i.indrelid::int8, c.relname, am.amname, i.indisunique,
         ${number >= 150000 ? "i.indnullsnotdistinct" : "false"}, i.indnkeyatts,
         pg_catalog.pg_get_expr(i.indpred, i.indrelid), to_json(c.reloptions)::text, h.inhparent::int8,
         i.indisclustered, i.indisreplident, i.indkey::text, i.indoption::text,
         case when 0 = any (i.indkey) or t.relkind = 'm'
                or i.indclass::oid[] && array(select o.oid from pg_catalog.pg_opclass o where not o.opcdefault)
                or not i.indcollation::oid[] <@ array[0, ${DEFAULT_COLLATION}]::oid[]
                or i.indrelid in (select attrelid from odd) or i.indexrelid in (select attrelid from odd)
         then (select json_agg(json_build_array(
                   case when i.indkey[p.k - 1] = 0 or t.relkind = 'm' then pg_catalog.pg_get_indexdef(i.indexrelid, p.k, false) end,
                   case when not oc.opcdefault or ${HAS_COLUMN_OPTIONS("a.attoptions")} then
                     pg_catalog.quote_ident(ocn.nspname) || '.' || pg_catalog.quote_ident(oc.opcname) end,
                   case when i.indcollation[p.k - 1] <> 0 and ${HAS_COLLATION} then ${COLLATION_NAME("i.indcollation[p.k - 1]")} end,
                   array_to_string(a.attoptions, ', '), nullif(a.attstattarget, -1)) order by p.k)::text
            from generate_series(1, i.indnatts) p(k)
            join pg_catalog.pg_attribute a on a.attrelid = i.indexrelid and a.attnum = p.k
            left join pg_catalog.pg_opclass oc on oc.oid = i.indclass[p.k - 1]
            left join pg_catalog.pg_namespace ocn on ocn.oid = oc.opcnamespace
            left join pg_catalog.pg_attribute ta on ta.attrelid = i.indrelid and ta.attnum = i.indkey[p.k - 1] and ta.attnum > 0) end
    from pg_catalog.pg_index i
    join pg_catalog.pg_class c on c.oid = i.indexrelid
    join pg_catalog.pg_class t on t.oid = i.indrelid
    join pg_catalog.pg_am am on am.oid = c.relam
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    left join pg_catalog.pg_inherits h on h.inhrelid = i.indexrelid
   where ${USER_SPACE("n")} and c.relpersistence <> 't'
   order by i.indrelid, c.relname`;
