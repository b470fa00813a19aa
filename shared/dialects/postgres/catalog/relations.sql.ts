/** Namespaces, and tables and views with what belongs to them: columns, constraints, indexes. */
import { COLLATION_NAME, NOT_EXTENSION, type ServerVersion, USER_SPACE } from "./parts.sql.ts";

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
         pg_catalog.obj_description(c.oid, 'pg_class'), c.relreplident,
         case when c.relkind in ('v', 'm') then pg_catalog.pg_get_viewdef(c.oid) end,
         c.relispopulated,
         (select a.amname from pg_catalog.pg_am a where a.oid = c.relam and a.amname <> 'heap'),
         (select to_json(t.reloptions)::text from pg_catalog.pg_class t where t.oid = c.reltoastrelid),
         (select to_json(array_agg(i.inhparent::int8 order by i.inhseqno))::text from pg_catalog.pg_inherits i where i.inhrelid = c.oid),
         (select pg_catalog.quote_ident(s.srvname) from pg_catalog.pg_foreign_table f join pg_catalog.pg_foreign_server s on s.oid = f.ftserver
           where f.ftrelid = c.oid),
         (select to_json(f.ftoptions)::text from pg_catalog.pg_foreign_table f where f.ftrelid = c.oid),
         c.reltype::int8, (select t.typarray::int8 from pg_catalog.pg_type t where t.oid = c.reltype)
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relpersistence <> 't'
     and ${USER_SPACE("n")} and ${NOT_EXTENSION("pg_class", "c.oid")}
   order by n.nspname, c.relname`;

export const columns = ({ number }: ServerVersion): string => `
  select a.attrelid::int8, a.attnum, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull,
         pg_catalog.pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated,
         case when a.attcollation <> t.typcollation then ${COLLATION_NAME("a.attcollation")} end,
         pg_catalog.col_description(a.attrelid, a.attnum), a.attislocal,
         case when a.attstorage <> t.typstorage then a.attstorage end,
         nullif(a.attcompression, ''), ${number >= 170000 ? "a.attstattarget" : "nullif(a.attstattarget, -1)"},
         to_json(a.attoptions)::text, to_json(a.attfdwoptions)::text,
         ${
           number >= 180000
             ? `(select to_json(array[k.conname::text, k.connoinherit::text, k.conislocal::text, k.convalidated::text,
                  pg_catalog.obj_description(k.oid, 'pg_constraint')])::text from pg_catalog.pg_constraint k
                 where k.conrelid = a.attrelid and k.contype = 'n' and k.conkey = array[a.attnum])`
             : "null"
         }
    from pg_catalog.pg_attribute a
    join pg_catalog.pg_class c on c.oid = a.attrelid
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    join pg_catalog.pg_type t on t.oid = a.atttypid
    left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
   where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm', 'f', 'c') and c.relpersistence <> 't' and ${USER_SPACE("n")}
   order by a.attrelid, a.attnum`;

export const constraints = ({ number }: ServerVersion): string => `
  select k.oid::int8, k.conrelid::int8, k.contypid::int8, k.conname, k.contype, to_json(k.conkey)::text, k.confrelid::int8,
         to_json(k.confkey)::text, k.confupdtype, k.confdeltype, k.confmatchtype,
         ${number >= 150000 ? "to_json(k.confdelsetcols)::text" : "null"},
         k.condeferrable, k.condeferred, k.convalidated, k.connoinherit, k.conislocal, k.conparentid::int8, k.conindid::int8,
         case when k.contype = 'x' then pg_catalog.pg_get_constraintdef(k.oid) end,
         pg_catalog.pg_get_expr(k.conbin, k.conrelid), pg_catalog.obj_description(k.oid, 'pg_constraint'),
         ${number >= 180000 ? "k.conenforced, k.conperiod" : "true, false"}
    from pg_catalog.pg_constraint k join pg_catalog.pg_namespace n on n.oid = k.connamespace
   where k.contype in ('p', 'u', 'c', 'x', 'f') and ${USER_SPACE("n")}
   order by k.conrelid, k.contype, k.conname`;

/**
 * A constraint is joined, not looked up: pg_constraint has no index on conindid. A part has its text only where the model keeps it,
 * of an expression and of a materialized view's column: printing one is the dearest thing here.
 */
export const indexes = ({ number }: ServerVersion): string => `
  select i.indexrelid::int8, i.indrelid::int8, c.relname, am.amname, i.indisunique,
         ${number >= 150000 ? "i.indnullsnotdistinct" : "false"}, i.indnkeyatts,
         pg_catalog.pg_get_expr(i.indpred, i.indrelid), to_json(c.reloptions)::text, pg_catalog.obj_description(c.oid, 'pg_class'),
         k.oid::int8,
         (select h.inhparent::int8 from pg_catalog.pg_inherits h where h.inhrelid = i.indexrelid),
         i.indisclustered, i.indisreplident,
         (select json_agg(json_build_array(
                   (i.indkey::int2[])[p.k - 1],
                   case when (i.indkey::int2[])[p.k - 1] = 0 or t.relkind = 'm' then pg_catalog.pg_get_indexdef(i.indexrelid, p.k, false) end,
                   (i.indoption::int2[])[p.k - 1],
                   case when not oc.opcdefault or a.attoptions is not null then
                     pg_catalog.quote_ident(ocn.nspname) || '.' || pg_catalog.quote_ident(oc.opcname) end,
                   case when (i.indcollation::oid[])[p.k - 1] <> 0
                         and (i.indcollation::oid[])[p.k - 1] is distinct from coalesce(ta.attcollation, a.attcollation)
                        then ${COLLATION_NAME("(i.indcollation::oid[])[p.k - 1]")} end,
                   array_to_string(a.attoptions, ', '), nullif(a.attstattarget, -1)) order by p.k)::text
            from generate_series(1, i.indnatts) p(k)
            join pg_catalog.pg_attribute a on a.attrelid = i.indexrelid and a.attnum = p.k
            left join pg_catalog.pg_opclass oc on oc.oid = (i.indclass::oid[])[p.k - 1]
            left join pg_catalog.pg_namespace ocn on ocn.oid = oc.opcnamespace
            left join pg_catalog.pg_attribute ta on ta.attrelid = i.indrelid and ta.attnum = (i.indkey::int2[])[p.k - 1]
                  and (i.indkey::int2[])[p.k - 1] > 0)
    from pg_catalog.pg_index i
    join pg_catalog.pg_class c on c.oid = i.indexrelid
    join pg_catalog.pg_class t on t.oid = i.indrelid
    left join pg_catalog.pg_constraint k on k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x')
    join pg_catalog.pg_am am on am.oid = c.relam
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where ${USER_SPACE("n")} and c.relpersistence <> 't'
   order by i.indrelid, c.relname`;
